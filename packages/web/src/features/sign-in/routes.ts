import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app-route.tsx";
import { readText } from "../../shared/search-params.ts";

/** `to` is the path to open after signing in; only paths of this application are followed. */
const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { to?: string } => {
    const to = readText(search.to);
    return to?.startsWith("/") && !to.startsWith("//") ? { to } : {};
  },
  component: lazyRouteComponent(() => import("./sign-in-page.tsx"), "SignInPage"),
});

/** The routes of signing in, outside the shell. */
export const signInRoutes = [signInRoute] as const;
