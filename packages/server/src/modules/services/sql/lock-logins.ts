import { statement } from "../../../platform/database/statement.ts";
import { loginColumns, type LoginRow } from "./login-columns.ts";

/** $1 a login, $2 account, $3 product. That login, and the one of the product that is linked to the account. */
export const lockLoginsStatement = statement<LoginRow>(
  "services.lockLogins",
  `select ${loginColumns} from product_user u
   where (u.id = $1 or u.account_id = $2) and u.product_id = $3
   order by u.id for update`,
);
