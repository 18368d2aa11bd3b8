import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "../../app-route.tsx";

const securityRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/me/security",
  component: lazyRouteComponent(() => import("./security-page.tsx"), "SecurityPage"),
});

/** How the viewer signs in. */
export const securityRoutes = [securityRoute] as const;
