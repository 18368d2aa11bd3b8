import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// An organization whose people sign in keeps an organization admin who can; it covers its sites as well.
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
   limit 21`,
);
