import { statement } from "../../../platform/database/statement.ts";
import { loginColumns, type LoginRow } from "./login-columns.ts";

/** $1 login, $2 the account it must be linked to. */
export const unlinkLoginStatement = statement<LoginRow>(
  "services.unlinkLogin",
  `update product_user u set account_id = null, link_proof_id = null, linked_at = null
   where u.id = $1 and u.account_id = $2 returning ${loginColumns}`,
);
