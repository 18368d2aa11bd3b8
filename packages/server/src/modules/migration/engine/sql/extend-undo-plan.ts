import { statement } from "../../../../platform/database/statement.ts";

// The next rows in scope, in the order of the migration. A row without a journal was not changed by the run. Rows
// that were undone before are not in scope again. $1 undo, $2 migration, $3 after ordinal, $4 how many.
export const extendUndoPlanStatement = statement<{ upTo: number | null; rows: number }>(
  "migration.extendUndoPlan",
  `with scope as materialized (
     select everything, item_ids, outcome, effect from migration_undo where id = $1
   ), chosen as materialized (
     select i.ordinal from migration_item i, scope s
     where i.migration_id = $2 and i.ordinal > $3 and i.outcome is not null and i.undone_at is null
       and (s.item_ids is null or i.id = any(s.item_ids))
       and (s.outcome is null or i.outcome = s.outcome) and (s.effect is null or i.effect = s.effect)
     order by i.ordinal limit $4
   ), written as (
     insert into migration_undo_item (undo_id, ordinal, action)
     select $1, c.ordinal, case when exists (
       select 1 from migration_journal j where j.migration_id = $2 and j.ordinal = c.ordinal) then 'RESTORE' else 'NOTHING' end
     from chosen c
     returning ordinal
   )
   select max(ordinal) as "upTo", count(*)::int as rows from written`,
);
