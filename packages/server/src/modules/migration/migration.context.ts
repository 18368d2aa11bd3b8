import type { RequestContext } from "../../platform/graphql/context.ts";
import { apiError } from "../../platform/graphql/errors.ts";
import { loader } from "../../platform/graphql/loader.ts";
import type { Actor } from "../sign-in/index.ts";
import { toMigrationRecord, type MigrationRecord } from "./migration-record.ts";
import { findImportedGroupStatement } from "./sql/find-imported-group.ts";
import { listItemProjectsStatement } from "./sql/list-item-projects.ts";
import { loadMigrationsStatement } from "./sql/load-migrations.ts";

/** The request's actor; the field guard has already refused everybody else. */
export function actorOf(context: RequestContext<Actor>): Actor {
  if (context.actor === null) {
    throw apiError("UNAUTHENTICATED", "Sign in first.");
  }
  return context.actor;
}

/** Name of a migration's imported group, made or planned; null when nobody needs one. */
export function loadGroupName(context: RequestContext<Actor>, migrationId: string): Promise<string | null> {
  return loader(context, "migration.groupName", async (ids) => {
    const rows = await findImportedGroupStatement.run(context.em, [ids]);
    return new Map(rows.map((row) => [row.migrationId, row.name]));
  }).load(migrationId);
}

/** Keys of the source projects that list a person. */
export async function loadItemProjects(context: RequestContext<Actor>, itemId: string): Promise<string[]> {
  const keys = await loader(context, "migration.itemProjects", async (ids) => {
    const rows = await listItemProjectsStatement.run(context.em, [ids]);
    return new Map(rows.map((row) => [row.itemId, row.keys]));
  }).load(itemId);
  return keys ?? [];
}

/** A migration by id, without asking who may see it: for objects that already passed that question. */
export function loadMigrationRecord(
  context: RequestContext<Actor>,
  migrationId: string,
): Promise<MigrationRecord | null> {
  return loader(context, "migration.record", async (ids) => {
    const rows = await loadMigrationsStatement.run(context.em, [ids]);
    return new Map(rows.map((row) => [row.id, toMigrationRecord(row)]));
  }).load(migrationId);
}
