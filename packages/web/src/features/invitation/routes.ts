import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app-route.tsx";

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invitation/$token",
  component: lazyRouteComponent(() => import("./invitation-page.tsx"), "InvitationPage"),
});

/** The route that an invitation's mail leads to, outside the shell: its reader may have no account yet. */
export const invitationRoutes = [invitationRoute] as const;
