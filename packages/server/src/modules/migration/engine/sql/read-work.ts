import { statement } from "../../../../platform/database/statement.ts";
import { migrationColumns, type MigrationRow } from "../../migration-record.ts";

// No lock: a long step computes beside people's clicks and takes the fence before it writes.
// $1 migration, $2 lease number, $3 states the engine acts in.
export const readWorkStatement = statement<MigrationRow>(
  "migration.readWork",
  `select ${migrationColumns} from migration m
   where m.id = $1 and m.lease_number = $2 and m.state = any($3::text[])
     and (m.state in ('CHECKING', 'RUNNING', 'VERIFYING', 'UNDOING')
       or (m.access_version > m.proven_version and m.access_kept_at is not null and m.state <> 'FAILED')
       or exists (select 1 from migration_undo u where u.migration_id = m.id and u.state = 'PLANNING'))`,
);
