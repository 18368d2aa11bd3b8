import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "../../app-route.tsx";
import { readAccountsSearch, readProfileSearch } from "./search-params.ts";

const accountsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/accounts",
  validateSearch: readAccountsSearch,
  component: lazyRouteComponent(() => import("./accounts-page.tsx"), "AccountsPage"),
});

const profileRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/accounts/$id",
  validateSearch: readProfileSearch,
  component: lazyRouteComponent(() => import("./profile-page.tsx"), "ProfilePage"),
});

/** The routes of accounts: the directory and one profile. */
export const accountsRoutes = [accountsRoute, profileRoute] as const;
