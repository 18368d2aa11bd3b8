import { statement } from "../../../platform/database/statement.ts";
import { loginColumns, type LoginRow } from "./login-columns.ts";

/** $1 product, $2 canonical email, $3 limit. Every login of the address there, by its name. */
export const findLoginsStatement = statement<LoginRow>(
  "services.findLogins",
  `select ${loginColumns} from product_user u where u.email = $2 and u.product_id = $1 order by u.login_name limit $3`,
);
