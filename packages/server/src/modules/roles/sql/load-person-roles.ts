import { statement } from "../../../platform/database/statement.ts";
import type { PersonRolesRow } from "./list-people.ts";

/** $1 account, $2 organization. The roles may be none. */
export const loadPersonRolesStatement = statement<PersonRolesRow>(
  "roles.loadPersonRoles",
  `select a.id as "accountId", a.email, a.name,
     coalesce(json_agg(json_build_object('id', r.id, 'role', r.role, 'accountId', r.account_id, 'organizationId', r.organization_id,
       'siteId', r.site_id, 'productId', r.product_id) order by r.id) filter (where r.id is not null), '[]') as roles
   from account a left join role_assignment r on r.account_id = a.id and r.organization_id = $2
   where a.id = $1
   group by a.id`,
);
