import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "../../app-route.tsx";

const meEmailRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/me/email",
  component: lazyRouteComponent(() => import("./me-email-page.tsx"), "MeEmailPage"),
});

/** The route of changing one's email. */
export const meEmailRoutes = [meEmailRoute] as const;
