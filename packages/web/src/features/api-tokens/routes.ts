import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "../../app-route.tsx";

const apiTokensRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/api-tokens",
  component: lazyRouteComponent(() => import("./api-tokens-page.tsx"), "ApiTokensPage"),
});

const serviceAccountsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/organization/service-accounts",
  component: lazyRouteComponent(() => import("./service-accounts-page.tsx"), "ServiceAccountsPage"),
});

/** The viewer's API tokens, and the organization's accounts for programs. */
export const apiTokensRoutes = [apiTokensRoute, serviceAccountsRoute] as const;
