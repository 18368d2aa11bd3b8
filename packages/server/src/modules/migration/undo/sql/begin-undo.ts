import { statement } from "../../../../platform/database/statement.ts";

// The guard on the states makes two clicks one undo. $1 undo, $2 migration, $3 states it may start in, $4 who.
export const beginUndoStatement = statement<{ id: string }>(
  "migration.beginUndo",
  `with before as (
     select state from migration where id = $2
   ), moved as (
     update migration set state = 'UNDOING' where id = $2 and state = any($3::text[]) returning id
   )
   update migration_undo u set state = 'UNDOING', return_state = b.state, started_by = $4, started_at = clock_timestamp()
   from before b, moved m
   where u.id = $1 and u.migration_id = m.id and u.state = 'PLANNED'
   returning u.id`,
);
