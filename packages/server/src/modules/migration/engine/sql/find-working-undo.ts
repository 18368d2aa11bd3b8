import { statement } from "../../../../platform/database/statement.ts";
import { undoColumns, type UndoRow } from "../../undo-record.ts";

// $1 migration. At most one row: the unique index allows one open undo per migration.
export const findWorkingUndoStatement = statement<UndoRow>(
  "migration.findWorkingUndo",
  `select ${undoColumns} from migration_undo u where u.migration_id = $1 and u.state in ('PLANNING', 'UNDOING')`,
);
