import { statement } from "../../../../platform/database/statement.ts";

// $1 migration, $2 everything, $3 item ids, $4 outcome, $5 effect, $6 who asks.
export const insertUndoStatement = statement<{ id: string }>(
  "migration.insertUndo",
  `insert into migration_undo (migration_id, state, everything, item_ids, outcome, effect, created_by)
   values ($1, 'PLANNING', $2, $3::uuid[], $4, $5, $6) returning id`,
);
