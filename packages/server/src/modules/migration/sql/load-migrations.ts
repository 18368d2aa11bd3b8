import { statement } from "../../../platform/database/statement.ts";
import { migrationColumns, type MigrationRow } from "../migration-record.ts";

export const loadMigrationsStatement = statement<MigrationRow>(
  "migration.loadMigrations",
  `select ${migrationColumns} from migration m where m.id = any($1::uuid[])`,
);
