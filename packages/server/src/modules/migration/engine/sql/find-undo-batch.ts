import { statement } from "../../../../platform/database/statement.ts";

// The last ordinal of the next batch; null when none is left. $1 undo, $2 after ordinal, $3 how many.
export const findUndoBatchStatement = statement<{ upTo: number | null }>(
  "migration.findUndoBatch",
  `select max(ordinal) as "upTo" from (
     select ordinal from migration_undo_item where undo_id = $1 and ordinal > $2 order by ordinal limit $3) next`,
);
