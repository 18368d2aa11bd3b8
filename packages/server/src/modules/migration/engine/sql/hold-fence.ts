import { statement } from "../../../../platform/database/statement.ts";
import { migrationColumns, type MigrationRow } from "../../migration-record.ts";

// The lock and the comparison are one statement: whoever waited for the row sees the number as it is then.
// $1 migration, $2 lease number, $3 states.
export const holdFenceStatement = statement<MigrationRow>(
  "migration.holdFence",
  `select ${migrationColumns} from migration m
   where m.id = $1 and m.lease_number = $2 and m.state = any($3::text[]) for update`,
);
