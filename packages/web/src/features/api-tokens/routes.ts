import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "../../app-route.tsx";

const apiTokensRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/api-tokens",
  component: lazyRouteComponent(() => import("./api-tokens-page.tsx"), "ApiTokensPage"),
});

/** The route of the viewer's API tokens. */
export const apiTokensRoutes = [apiTokensRoute] as const;
