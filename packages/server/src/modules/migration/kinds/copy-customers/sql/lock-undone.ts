import { statement } from "../../../../../platform/database/statement.ts";
import { undonePeopleSql } from "./undone-people.ts";

// Each table in the order of its keys. The lock on an account or a portal-only account also holds up whoever is about
// to add a row that refers to it, a request raised at this very moment for instance. Parameters as in undonePeopleSql.
export const lockUndoneStatement = statement<{ locked: number }>(
  "copyCustomers.lockUndone",
  `with ${undonePeopleSql}, account_lock as (
     select a.id from account a where a.id in (select c.account_id from chosen c) order by a.id for update
   ), presence_lock as (
     select sa.account_id from site_account sa
     where sa.site_id = $4 and sa.account_id in (select c.account_id from chosen c) order by sa.account_id for update
   ), portal_lock as (
     select p.id from portal_customer p where p.id in (select c.portal_customer_id from chosen c) order by p.id for update
   ), request_lock as (
     select r.id from request r
     where r.id in (select l::uuid from chosen c cross join lateral jsonb_array_elements_text(c.upgrade -> 'reported') l)
     order by r.id for update
   )
   select ((select count(*) from account_lock) + (select count(*) from presence_lock) + (select count(*) from portal_lock)
     + (select count(*) from request_lock))::int as locked`,
);
