import { notFound } from "../../platform/graphql/errors.ts";
import { refuse, type Refused } from "../../platform/refusal.ts";
import type { StatementRunner } from "../../platform/database/statement.ts";
import {
  belongsToOrganization,
  canMigrate,
  canReadMigration,
  type Actor,
  type PolicySite,
} from "../sign-in/index.ts";
import { toMigrationRecord, type MigrationRecord } from "./migration-record.ts";
import { loadMigrationsStatement } from "./sql/load-migrations.ts";
import { loadSitePairStatement } from "./sql/load-site-pair.ts";

/** The migration if the actor may read it, else null: the same for what does not exist and what is another's. */
export async function findVisibleMigration(
  em: StatementRunner,
  actor: Actor,
  migrationId: string,
): Promise<MigrationRecord | null> {
  const [row] = isUuid(migrationId) ? await loadMigrationsStatement.run(em, [[migrationId]]) : [];
  const migration = row === undefined ? null : toMigrationRecord(row);
  return migration !== null && canReadMigration(actor, migration) === true ? migration : null;
}

/** The migration, or the NOT_FOUND error. */
export async function requireVisibleMigration(
  em: StatementRunner,
  actor: Actor,
  migrationId: string,
): Promise<MigrationRecord> {
  const migration = await findVisibleMigration(em, actor, migrationId);
  if (migration === null) {
    throw notFound();
  }
  return migration;
}

/** Both sites of a move: [source, destination]. NOT_FOUND when one is missing or not of the actor's organization. */
export async function requireSitePair(
  em: StatementRunner,
  actor: Actor,
  sourceSiteId: string,
  destinationSiteId: string,
): Promise<[PolicySite & { name: string }, PolicySite & { name: string }]> {
  const ids = [sourceSiteId, destinationSiteId];
  const rows = ids.every(isUuid) ? await loadSitePairStatement.run(em, [ids]) : [];
  const [source, destination] = ids.map((id) => rows.find((row) => row.id === id));
  if (source === undefined || destination === undefined) {
    throw notFound();
  }
  if ([source, destination].some((site) => !belongsToOrganization(actor, site.organizationId))) {
    throw notFound();
  }
  return [source, destination];
}

/** Whether the actor may plan, approve, run and stop this migration: true, or the refusal saying who can. */
export async function mayMigrate(
  em: StatementRunner,
  actor: Actor,
  migration: MigrationRecord,
): Promise<true | Refused> {
  const [source, destination] = await requireSitePair(
    em,
    actor,
    migration.sourceSiteId,
    migration.destinationSiteId,
  );
  return canMigrate(actor, source, destination);
}

/** Ends the transaction with the policy's refusal when the actor may not. */
export async function insistOnMigrating(
  em: StatementRunner,
  actor: Actor,
  migration: MigrationRecord,
): Promise<void> {
  insistAllowed(await mayMigrate(em, actor, migration));
}

/** Ends the transaction with a policy's refusal, if it is one. */
export function insistAllowed(allowed: true | Refused): void {
  if (allowed !== true) {
    refuse(allowed.code, allowed.message, { whoCanGrant: allowed.whoCanGrant });
  }
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether the text is an id at all; anything else would make the database complain instead of finding nothing. */
export function isUuid(text: string): boolean {
  return uuidPattern.test(text);
}
