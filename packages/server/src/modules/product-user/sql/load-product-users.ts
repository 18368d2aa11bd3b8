import { statement } from "../../../platform/database/statement.ts";
import { productUserColumns, productUserTables, type ProductUserRow } from "./product-user-columns.ts";

/** $1 ids. */
export const loadProductUsersStatement = statement<ProductUserRow>(
  "productUser.loadProductUsers",
  `select ${productUserColumns} from ${productUserTables} where u.id = any($1::uuid[])`,
);
