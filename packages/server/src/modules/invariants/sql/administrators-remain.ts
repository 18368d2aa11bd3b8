import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// An organization whose people sign in keeps an organization admin who can; it covers its sites as well, as organization
// admins administer every one. A product whose ownership was accepted keeps an owner.
export const administratorsRemainStatement = statement<Violation>(
  "invariants.administratorsRemain",
  `select format('organization %s (%s)', o.id, o.name) as subject, 'has no organization admin who can sign in' as problem
   from organization o
   where exists (
       select from role_assignment r join auth_user u on u.account_id = r.account_id where r.organization_id = o.id)
     and not exists (
       select from role_assignment r join auth_user u on u.account_id = r.account_id
       where r.organization_id = o.id and r.role = 'ORGANIZATION_ADMIN'
         and (exists (select from auth_credential c where c.user_id = u.id and c.password is not null)
           or exists (select from auth_passkey p where p.user_id = u.id)))
   union all
   select distinct format('product %s (%s)', p.id, p.name), 'has no owner, though its ownership was accepted'
   from product p join role_invitation i on i.product_id = p.id and i.role = 'PRODUCT_OWNER' and i.state = 'ACCEPTED'
   where not exists (select from role_assignment r where r.product_id = p.id and r.role = 'PRODUCT_OWNER')
   limit 21`,
);
