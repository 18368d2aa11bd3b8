import { statement } from "../../../platform/database/statement.ts";
import { migrationColumns, type MigrationRow } from "../migration-record.ts";

// The migrations that plan people of these migrations again, oldest first.
export const listFollowUpsStatement = statement<MigrationRow & { followUpOf: string }>(
  "migration.listFollowUps",
  `select ${migrationColumns} from migration m where m.follow_up_of = any($1::uuid[]) order by m.follow_up_of, m.number`,
);
