import { statement } from "../../../platform/database/statement.ts";
import { matchesFilterSql } from "./product-user-columns.ts";

/** $1 to $5 the filter. */
export const countMatchingUsersStatement = statement<{ count: number }>(
  "productUser.countMatchingUsers",
  `select count(*)::int as count from product_user u join product p on p.id = u.product_id where ${matchesFilterSql}`,
);
