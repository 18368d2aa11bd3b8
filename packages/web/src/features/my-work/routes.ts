import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "../../app-route.tsx";

const myWorkRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./my-work-page.tsx"), "MyWorkPage"),
});

/** The route of the first page. */
export const myWorkRoutes = [myWorkRoute] as const;
