import { statement } from "../../../../../platform/database/statement.ts";

export const clearSealedRowsStatement = statement(
  "copyCustomers.clearSealedRows",
  `delete from migration_plan_part where migration_id = $1`,
);
