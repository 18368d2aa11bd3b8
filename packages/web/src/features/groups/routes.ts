import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "../../app-route.tsx";
import { readGroupSearch } from "./search-params.ts";

const groupsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/groups/review",
  component: lazyRouteComponent(() => import("./groups-page.tsx"), "GroupsPage"),
});

const groupRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/groups/review/$group",
  validateSearch: readGroupSearch,
  component: lazyRouteComponent(() => import("./group-page.tsx"), "GroupPage"),
});

/** The routes of imported groups: the list and the review of one. */
export const groupsRoutes = [groupsRoute, groupRoute] as const;
