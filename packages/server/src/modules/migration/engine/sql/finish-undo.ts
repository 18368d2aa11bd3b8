import { statement } from "../../../../platform/database/statement.ts";

// Everything undone ends in UNDONE; some people undone gives the migration its state back, complete without attention
// when nobody waits any more. $1 undo, $2 migration, $3 the states UNDOING may end in.
export const finishUndoStatement = statement<{
  state: string;
  openAttention: number;
  undone: number;
  setAside: number;
}>(
  "migration.finishUndo",
  `with ended as (
     update migration_undo set state = 'UNDONE', finished_at = clock_timestamp() where id = $1 and state = 'UNDOING'
     returning everything, return_state
   )
   update migration m set access_version = m.access_version + 1,
     state = case when e.everything then 'UNDONE'
       when e.return_state = 'COMPLETED_WITH_ATTENTION' and m.open_attention_count = 0 then 'COMPLETED' else e.return_state end,
     undo_set_aside_count = (
       select count(distinct i.ordinal)::int from migration_undo u join migration_undo_item i on i.undo_id = u.id
       join migration_item p on p.migration_id = $2 and p.ordinal = i.ordinal
       where u.migration_id = $2 and u.started_at is not null and i.action = 'SET_ASIDE' and i.ordinal <= u.applied_ordinal
         and p.undone_at is null)
   from ended e
   where m.id = $2 and m.state = 'UNDOING' and e.return_state = any($3::text[])
   returning m.state, m.open_attention_count as "openAttention", m.undone_count as undone, m.undo_set_aside_count as "setAside"`,
);
