import { statement } from "../../../../platform/database/statement.ts";
import { undoColumns, type UndoRow } from "../../undo-record.ts";

// The fingerprint is a SHA-256 over every row in order, in two levels so that no value grows with the plan.
// $1 undo, $2 migration.
export const saveUndoPlanStatement = statement<UndoRow>(
  "migration.saveUndoPlan",
  `with part as (
     select (ordinal - 1) / 1000 as number, sha256(convert_to(string_agg(
         row(ordinal, action, reason)::text, E'\\n' order by ordinal), 'UTF8')) as digest,
       count(*) as total, count(*) filter (where action = 'RESTORE') as restore,
       count(*) filter (where action = 'SET_ASIDE') as set_aside, count(*) filter (where action = 'NOTHING') as unchanged
     from migration_undo_item where undo_id = $1 group by 1
   ), whole as (
     select encode(sha256(coalesce(string_agg(digest, ''::bytea order by number), ''::bytea)), 'hex') as fingerprint,
       coalesce(sum(total), 0)::int as total, coalesce(sum(restore), 0)::int as restore,
       coalesce(sum(set_aside), 0)::int as set_aside, coalesce(sum(unchanged), 0)::int as unchanged
     from part
   )
   update migration_undo u set state = 'PLANNED', planned_at = clock_timestamp(), fingerprint = w.fingerprint,
     total_count = w.total, restore_count = w.restore, set_aside_count = w.set_aside, unchanged_count = w.unchanged,
     -- With the event that tells of it.
     planned_sequence = (select last_sequence + 1 from migration where id = $2)
   from whole w where u.id = $1 and u.state = 'PLANNING'
   returning ${undoColumns}`,
);
