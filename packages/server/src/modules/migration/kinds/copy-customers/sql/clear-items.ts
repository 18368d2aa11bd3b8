import { statement } from "../../../../../platform/database/statement.ts";

export const clearItemsStatement = statement(
  "copyCustomers.clearItems",
  `delete from migration_item where migration_id = $1`,
);
