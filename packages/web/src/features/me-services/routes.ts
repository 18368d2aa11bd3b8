import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "../../app-route.tsx";

const meServicesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/me/services",
  component: lazyRouteComponent(() => import("./me-services-page.tsx"), "MeServicesPage"),
});

/** The route of what one's account is connected to. */
export const meServicesRoutes = [meServicesRoute] as const;
