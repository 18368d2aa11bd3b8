import { statement } from "../../../platform/database/statement.ts";

/** $1 organization, $2 email. Its products with logins of the address, by name. */
export const findAddressUseStatement = statement<{ productId: string; name: string }>(
  "productUser.findAddressUse",
  `select distinct p.id as "productId", p.name from product_user u join product p on p.id = u.product_id
   where u.email = $2 and p.organization_id = $1 order by p.name`,
);
