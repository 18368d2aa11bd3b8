import { statement } from "../../../platform/database/statement.ts";

export const findLiveMigrationStatement = statement<{ number: number }>(
  "migration.findLiveMigration",
  `select number from migration where source_site_id = $1 and destination_site_id = $2 and id <> $3
     and state in ('APPROVED', 'RUNNING', 'PAUSED', 'VERIFYING', 'UNDOING')`,
);
