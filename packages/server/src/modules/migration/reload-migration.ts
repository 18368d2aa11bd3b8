import type { StatementRunner } from "../../platform/database/statement.ts";
import { toMigrationRecord, type MigrationRecord } from "./migration-record.ts";
import { loadMigrationsStatement } from "./sql/load-migrations.ts";

/** The migration as this transaction sees it now; migrations are never deleted, so a missing one is a bug. */
export async function reloadMigration(tx: StatementRunner, migrationId: string): Promise<MigrationRecord> {
  const [row] = await loadMigrationsStatement.run(tx, [[migrationId]]);
  if (row === undefined) {
    throw new Error(`Migration ${migrationId} is gone`);
  }
  return toMigrationRecord(row);
}
