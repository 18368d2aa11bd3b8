import { statement } from "../../../platform/database/statement.ts";
import {
  matchesFilterSql,
  productUserColumns,
  productUserTables,
  type ProductUserRow,
} from "./product-user-columns.ts";

/** $1 to $5 the filter, $6 and $7 email and login name to go on after, or null, $8 page size plus one. */
export const listProductUsersStatement = statement<ProductUserRow>(
  "productUser.listProductUsers",
  `select ${productUserColumns} from ${productUserTables}
   where ${matchesFilterSql} and ($6::text is null or (u.email, u.login_name) > ($6::text collate "C", $7::text collate "C"))
   order by u.email, u.login_name limit $8`,
);
