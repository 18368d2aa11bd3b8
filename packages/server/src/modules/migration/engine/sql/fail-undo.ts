import { statement } from "../../../../platform/database/statement.ts";

// A plan that failed leaves the migration as it is; a run that failed gives it its state back, at a batch edge.
// $1 undo, $2 migration, $3 why.
export const failUndoStatement = statement<{ id: string }>(
  "migration.failUndo",
  `with ended as (
     update migration_undo set state = 'FAILED', failure = $3, finished_at = clock_timestamp()
     where id = $1 and state in ('PLANNING', 'UNDOING')
     returning id, return_state
   ), returned as (
     update migration m set state = e.return_state, access_version = m.access_version + 1
     from ended e where m.id = $2 and m.state = 'UNDOING' and e.return_state is not null
     returning 1
   )
   select id from ended`,
);
