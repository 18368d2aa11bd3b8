import { statement } from "../../../../platform/database/statement.ts";
import { migrationColumns, type MigrationRow } from "../../migration-record.ts";

// The row lock is the claim: it lasts as long as the transaction, so a killed process frees it at once and
// two workers never hold one migration. Skip locked: a worker that finds it taken looks elsewhere.
export const claimMigrationStatement = statement<MigrationRow>(
  "migration.claimMigration",
  `select ${migrationColumns} from migration m where m.id = $1 and m.state = any($2::text[])
     and (m.state not like 'COMPLETED%' or m.proof_stale) for update skip locked`,
);
