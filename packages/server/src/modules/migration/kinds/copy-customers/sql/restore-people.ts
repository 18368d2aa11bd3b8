import { statement } from "../../../../../platform/database/statement.ts";
import { undonePeopleSql } from "./undone-people.ts";

// Takes back what was inserted: memberships, list entries, presences and portal-only accounts. Parameters as in
// undonePeopleSql.
export const restorePeopleStatement = statement<{ restored: number }>(
  "copyCustomers.restorePeople",
  `with ${undonePeopleSql}, departed as (
     delete from user_group_member m using chosen c where m.group_id = c.group_id and m.account_id = c.account_id
     returning 1
   ), unlisted as (
     delete from project_customer pc
     using (select c.account_id, unnest(c.project_ids) as project_id from chosen c where c.account_id is not null) l
     where pc.account_id = l.account_id and pc.project_id = l.project_id
     returning 1
   ), unlisted_portal as (
     delete from project_customer pc
     using (select c.portal_customer_id, unnest(c.project_ids) as project_id from chosen c where c.portal_customer_id is not null) l
     where pc.portal_customer_id = l.portal_customer_id and pc.project_id = l.project_id
     returning 1
   ), absent as (
     delete from site_account sa using chosen c where sa.site_id = $4 and sa.account_id = c.account_id and c.created
     returning 1
   ), removed as (
     delete from portal_customer p using chosen c where p.id = c.portal_customer_id and c.created
     returning 1
   )
   select count(*)::int as restored from chosen`,
);
