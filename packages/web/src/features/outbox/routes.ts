import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app-route.tsx";
import { readText } from "../../shared/search-params.ts";

/** `mail` is the id of the one that is open. Outside the shell: its letters are for people who cannot sign in yet. */
const outboxRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/outbox",
  validateSearch: (search: Record<string, unknown>): { mail?: string } => ({ mail: readText(search.mail) }),
  component: lazyRouteComponent(() => import("./outbox-page.tsx"), "OutboxPage"),
});

/** The route of the outbox of a development server. */
export const outboxRoutes = [outboxRoute] as const;
