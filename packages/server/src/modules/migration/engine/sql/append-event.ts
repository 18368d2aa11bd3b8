import { statement } from "../../../../platform/database/statement.ts";

// The number comes from the migration's own row, so the row lock orders writers and a rolled-back
// transaction gives its number back: the log has no gap and commits in order. A sequence would do neither.
export const appendEventStatement = statement<{ sequence: string; organization_id: string }>(
  "migration.appendEvent",
  `with counted as (
     update migration set last_sequence = last_sequence + 1 where id = $1
     returning id, last_sequence, organization_id
   ), written as (
     insert into migration_event (migration_id, sequence, type, summary, payload)
     select id, last_sequence, $2, $3, $4::jsonb from counted
     returning sequence
   )
   select w.sequence, c.organization_id from written w, counted c`,
);
