import { statement } from "../../../platform/database/statement.ts";

/** $1 product, $2 account. The owner is no product admin beside. */
export const dropProductAdminStatement = statement(
  "roles.dropProductAdmin",
  `delete from role_assignment where product_id = $1 and account_id = $2 and role = 'PRODUCT_ADMIN'`,
);
