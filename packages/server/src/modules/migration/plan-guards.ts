import type { StatementRunner } from "../../platform/database/statement.ts";
import { refuse } from "../../platform/refusal.ts";
import { scopeOf } from "./engine/scope.ts";
import type { MigrationState } from "./engine/states.ts";
import type { MigrationKind } from "./kind.ts";
import { migrationName, type MigrationRecord } from "./migration-record.ts";
import { findLiveMigrationStatement } from "./sql/find-live-migration.ts";
import { listChecksStatement } from "./sql/list-checks.ts";

/** Refuses with STALE_PLAN unless this is the plan that was shown and the directory is as it was then. */
export async function insistOnFreshPlan(
  tx: StatementRunner,
  kind: MigrationKind<unknown>,
  migration: MigrationRecord,
  fingerprint: string,
): Promise<void> {
  const digest = await kind.inputDigest(tx, scopeOf(migration, kind));
  if (migration.planFingerprint !== fingerprint || migration.planInputDigest !== digest) {
    refuse(
      "STALE_PLAN",
      "The people or projects of these sites changed after this plan was made. Plan again.",
    );
  }
}

/** Refuses while a blocking check fails or another migration is live between the sites. */
export async function insistOnChecks(tx: StatementRunner, migration: MigrationRecord): Promise<void> {
  const checks = await listChecksStatement.run(tx, [migration.id]);
  const blocking = checks.find((check) => check.severity === "BLOCKER" && !check.passed);
  if (blocking !== undefined) {
    refuse("CHECKS_FAILED", `${blocking.title}: ${blocking.detail} ${blocking.fix}`, {
      whoCanGrant: [blocking.who],
    });
  }
  await insistOnNoOtherRun(tx, migration);
}

/** Refuses while another migration is live between the sites. */
export async function insistOnNoOtherRun(tx: StatementRunner, migration: MigrationRecord): Promise<void> {
  const sites = [migration.sourceSiteId, migration.destinationSiteId];
  const [live] = await findLiveMigrationStatement.run(tx, [...sites, migration.id]);
  if (live !== undefined) {
    refuse(
      "INVALID_STATE",
      `${migrationName(live.number)} is live between these sites. Wait until it ends or stop it.`,
    );
  }
}

/** Ends the transaction: the migration's state does not allow this. */
export function refuseState(migration: MigrationRecord, verb: string, needed?: MigrationState): never {
  const hint = needed === undefined ? "" : ` It must be ${needed} for that.`;
  refuse(
    "INVALID_STATE",
    `${migrationName(migration.number)} is ${migration.state} and cannot be ${verb}.${hint}`,
  );
}

/** Whether the typed confirmation is the name, without regard to case and outer spaces. */
export function sameName(typed: string, name: string): boolean {
  return typed.trim().toLowerCase() === name.trim().toLowerCase();
}
