import { statement } from "../../../platform/database/statement.ts";
import { migrationColumns, type MigrationRow } from "../migration-record.ts";

// Waits for a batch under way, so that an admin's decision lands between two batches and never inside one.
export const lockMigrationStatement = statement<MigrationRow>(
  "migration.lockMigration",
  `select ${migrationColumns} from migration m where m.id = $1 for update`,
);
