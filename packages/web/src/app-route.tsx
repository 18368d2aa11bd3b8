import { createRootRoute, createRoute, Outlet, redirect } from "@tanstack/react-router";
import { fetchSession } from "./session/session.ts";
import { AppShell } from "./shell/app-shell.tsx";
import { NotFoundPage, RouteErrorPage } from "./shell/route-fallbacks.tsx";

/** The root of every route. */
export const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: RouteErrorPage,
});

/** Everything inside the shell; who is not signed in is sent to the sign-in page and comes back afterwards. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "app",
  beforeLoad: async ({ location }) => {
    if (!(await fetchSession())) {
      throw redirect({ to: "/sign-in", search: { to: location.href === "/" ? undefined : location.href } });
    }
  },
  component: AppShell,
});
