import { statement } from "../../../platform/database/statement.ts";
import type { Grant } from "../../sign-in/index.ts";

/** An account and its roles, for a command on the server's own machine. */
export interface OwnerRow {
  accountId: string;
  email: string;
  name: string;
  grants: Grant[];
}

/** $1 canonical email. No row for an address without an account. */
export const findOwnerStatement = statement<OwnerRow>(
  "apiToken.findOwner",
  `select a.id as "accountId", a.email, a.name,
     coalesce(
       json_agg(json_build_object('role', r.role, 'organizationId', r.organization_id, 'siteId', r.site_id,
         'productId', r.product_id) order by r.id) filter (where r.id is not null),
       '[]') as grants
   from account a left join role_assignment r on r.account_id = a.id
   where a.email = $1 group by a.id`,
);
