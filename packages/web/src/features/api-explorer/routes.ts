import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "../../app-route.tsx";
import { readChoice } from "../../shared/search-params.ts";
import { exampleNames, type ExampleName } from "./example-names.ts";

const apiRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/api",
  validateSearch: (search: Record<string, unknown>): { example?: ExampleName } => ({
    example: readChoice(exampleNames, search.example),
  }),
  component: lazyRouteComponent(() => import("./api-page.tsx"), "ApiPage"),
});

/** The route of the API explorer. */
export const apiExplorerRoutes = [apiRoute] as const;
