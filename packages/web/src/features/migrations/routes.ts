import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "../../app-route.tsx";
import {
  readAttentionSearch,
  readItemSearch,
  readMigrationSearch,
  readMigrationsSearch,
  readNewMigrationSearch,
  readUndoSearch,
} from "./search-params.ts";

const migrationsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/migrations",
  validateSearch: readMigrationsSearch,
  component: lazyRouteComponent(() => import("./migrations-page.tsx"), "MigrationsPage"),
});

const newMigrationRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/migrations/new",
  validateSearch: readNewMigrationSearch,
  component: lazyRouteComponent(() => import("./new-migration-page.tsx"), "NewMigrationPage"),
});

const migrationRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/migrations/$id",
  validateSearch: readMigrationSearch,
  component: lazyRouteComponent(() => import("./migration-page.tsx"), "MigrationPage"),
});

const planRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/migrations/$id/plan",
  validateSearch: readItemSearch,
  component: lazyRouteComponent(() => import("./plan-page.tsx"), "PlanPage"),
});

const attentionRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/migrations/$id/attention",
  validateSearch: readAttentionSearch,
  component: lazyRouteComponent(() => import("./attention-page.tsx"), "AttentionPage"),
});

const undoRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/migrations/$id/undo",
  validateSearch: readUndoSearch,
  component: lazyRouteComponent(() => import("./undo-page.tsx"), "UndoPage"),
});

/** The routes of migrations: the list, the guided start, the plan, the live page, the attention queue and the undo. */
export const migrationsRoutes = [
  migrationsRoute,
  newMigrationRoute,
  migrationRoute,
  planRoute,
  attentionRoute,
  undoRoute,
] as const;
