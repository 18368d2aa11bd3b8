import { statement } from "../../../platform/database/statement.ts";

/** $1 address, $2 role, $3 organization, $4 site or null, $5 product or null. A row when the address's account has the role. */
export const findHolderStatement = statement<{ accountId: string }>(
  "roles.findHolder",
  `select a.id as "accountId" from role_assignment r join account a on a.id = r.account_id
   where a.email = $1 and r.role = $2 and r.organization_id = $3 and r.site_id is not distinct from $4::uuid
     and r.product_id is not distinct from $5::uuid`,
);
