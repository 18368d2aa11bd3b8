import { statement } from "../../../platform/database/statement.ts";
import { itemFilterSql } from "./list-items.ts";

export const countItemsStatement = statement<{ count: number }>(
  "migration.countItems",
  `select count(*)::int as count from migration_item i where ${itemFilterSql}`,
);
