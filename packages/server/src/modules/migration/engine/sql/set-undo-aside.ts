import { statement } from "../../../../platform/database/statement.ts";

// $1 undo, $2 the people and reasons as JSON. Rows that are set aside already keep their reason.
export const setUndoAsideStatement = statement<{ ordinal: number }>(
  "migration.setUndoAside",
  `update migration_undo_item u set action = 'SET_ASIDE', reason = t.reason
   from jsonb_to_recordset($2::jsonb) as t (ordinal int, reason text)
   where u.undo_id = $1 and u.ordinal = t.ordinal and u.action = 'RESTORE'
   returning u.ordinal`,
);
