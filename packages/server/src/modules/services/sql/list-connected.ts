import { statement } from "../../../platform/database/statement.ts";
import { productColumns, type ProductRow } from "./product-columns.ts";

/** A login that is linked to the account. */
export interface ConnectedRow extends ProductRow {
  id: string;
  email: string;
  loginName: string;
  active: boolean;
  linkedAt: string | Date;
}

/** $1 account, $2 limit, $3 one login or null for all. By the name of the product. */
export const listConnectedStatement = statement<ConnectedRow>(
  "services.listConnected",
  `select u.id, u.email, u.login_name as "loginName", u.active, u.linked_at as "linkedAt", ${productColumns}
   from product_user u join product p on p.id = u.product_id join organization o on o.id = p.organization_id
   where u.account_id = $1 and ($3::uuid is null or u.id = $3)
   order by p.name, p.id limit $2`,
);
