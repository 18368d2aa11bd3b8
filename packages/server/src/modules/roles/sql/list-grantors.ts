import { statement } from "../../../platform/database/statement.ts";

/** Somebody who can grant roles at a place. */
export interface GrantorRow {
  accountId: string;
  name: string;
  email: string;
}

/** $1 organization, $2 site or null, $3 product or null. The product's owner first, then site admins, then organization admins. */
export const listGrantorsStatement = statement<GrantorRow>(
  "roles.listGrantors",
  `select a.id as "accountId", a.name, a.email
   from role_assignment r join account a on a.id = r.account_id
   where r.organization_id = $1 and (r.role = 'ORGANIZATION_ADMIN'
     or (r.role = 'SITE_ADMIN' and r.site_id = $2::uuid) or (r.role = 'PRODUCT_OWNER' and r.product_id = $3::uuid))
   group by a.id
   order by min(case r.role when 'PRODUCT_OWNER' then 0 when 'SITE_ADMIN' then 1 else 2 end), a.email`,
);
