import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "../../app-route.tsx";

const meRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/me",
  component: lazyRouteComponent(() => import("./me-page.tsx"), "MePage"),
});

const sessionsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/me/sessions",
  component: lazyRouteComponent(() => import("./sessions-page.tsx"), "SessionsPage"),
});

/** The viewer's own account: who they are, and where they are signed in. */
export const meRoutes = [meRoute, sessionsRoute] as const;
