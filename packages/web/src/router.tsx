import { createRouter } from "@tanstack/react-router";
import { appRoute, rootRoute } from "./app-route.tsx";
import { migrationsRoutes } from "./features/migrations/routes.ts";
import { myWorkRoutes } from "./features/my-work/routes.ts";
import { signInRoutes } from "./features/sign-in/routes.ts";

const routeTree = rootRoute.addChildren([
  ...signInRoutes,
  appRoute.addChildren([...myWorkRoutes, ...migrationsRoutes]),
]);

/** The application's one router; features add their routes above, one line each. */
export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
