import { statement } from "../../../../platform/database/statement.ts";
import { undoColumns, type UndoRow } from "../../undo-record.ts";

export const loadUndoStatement = statement<UndoRow>(
  "migration.loadUndo",
  `select ${undoColumns} from migration_undo u where u.id = $1`,
);
