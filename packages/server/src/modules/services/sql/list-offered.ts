import { statement } from "../../../platform/database/statement.ts";
import { productColumns, type ProductRow } from "./product-columns.ts";
import type { LoginKind } from "./login-columns.ts";

/** A login with the account's own address that is on no account. */
export interface OfferedRow extends ProductRow {
  id: string;
  loginName: string;
  kind: LoginKind;
  active: boolean;
}

/** $1 account, $2 limit. By the name of the product. */
export const listOfferedStatement = statement<OfferedRow>(
  "services.listOffered",
  `select u.id, u.login_name as "loginName", u.kind, u.active, ${productColumns}
   from account a join product_user u on u.email = a.email join product p on p.id = u.product_id
     join organization o on o.id = p.organization_id
   where a.id = $1 and u.account_id is null
   order by p.name, p.id, u.login_name limit $2`,
);
