import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app-route.tsx";
import { readText } from "../../shared/search-params.ts";

/** `to` is the path to open after signing in; only paths of this application are followed. */
function readDestination(search: Record<string, unknown>): { to?: string } {
  const to = readText(search.to);
  return to?.startsWith("/") && !to.startsWith("//") ? { to } : {};
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: readDestination,
  component: lazyRouteComponent(() => import("./sign-in-page.tsx"), "SignInPage"),
});

/** The second step, for who has just given a password. */
const twoStepRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in/two-step",
  validateSearch: readDestination,
  component: lazyRouteComponent(() => import("./two-step-page.tsx"), "TwoStepPage"),
});

/** The routes of signing in, outside the shell. */
export const signInRoutes = [signInRoute, twoStepRoute] as const;
