import { statement } from "../../../../platform/database/statement.ts";

// $1 undo, $2 planned up to this ordinal.
export const advanceUndoPlanStatement = statement(
  "migration.advanceUndoPlan",
  `update migration_undo set planned_ordinal = $2 where id = $1 and state = 'PLANNING'`,
);
