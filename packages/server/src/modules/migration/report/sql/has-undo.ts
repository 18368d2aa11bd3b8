import { statement } from "../../../../platform/database/statement.ts";

// $1 migration. Whether an undo of it was ever started.
export const hasUndoStatement = statement<{ undone: boolean }>(
  "migration.hasUndo",
  `select exists (select 1 from migration_undo where migration_id = $1 and started_at is not null) as undone`,
);
