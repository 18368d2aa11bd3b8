import { statement } from "../../../../platform/database/statement.ts";
import { undoColumns, type UndoRow } from "../../undo-record.ts";

// $1 migration, $2 one undo or null for all, $3 how many. Newest first.
export const listUndosStatement = statement<UndoRow>(
  "migration.listUndos",
  `select ${undoColumns} from migration_undo u where u.migration_id = $1 and ($2::uuid is null or u.id = $2)
   order by u.id desc limit $3`,
);
