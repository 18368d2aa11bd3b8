import { statement } from "../../../platform/database/statement.ts";
import type { Swept } from "../swept.ts";

// Two transactions that write the two sides of one person at the same moment do not see each other, so the pair is
// missing from both_types, or stays there. Looked for on the sites that changed lately; counts follow by themselves.
// $1: most rows; $2: minutes.
export const mendBothTypesStatement = statement<Swept>(
  "retention.mendBothTypes",
  `with changed as materialized (
     select distinct site_id from directory_change where transaction_at > now() - make_interval(mins => $2::int)
   ), gone as (
     delete from both_types where ctid = any(array(
       select b.ctid from both_types b
       where b.site_id in (select c.site_id from changed c)
         and not exists (
           select from site_account sa join account a on a.id = sa.account_id join portal_customer p on p.site_id = sa.site_id and p.email = a.email
           where sa.site_id = b.site_id and sa.account_id = b.account_id and p.id = b.portal_customer_id and a.email = b.email)
       limit $1::int))
     returning 1
   ), found as (
     insert into both_types (site_id, email, account_id, portal_customer_id)
     select sa.site_id, a.email, a.id, p.id
     from changed c join site_account sa on sa.site_id = c.site_id join account a on a.id = sa.account_id
     join portal_customer p on p.site_id = sa.site_id and p.email = a.email
     where not exists (select from both_types b where b.site_id = sa.site_id and b.email = a.email)
     limit $1::int
     on conflict do nothing
     returning 1
   )
   select ((select count(*) from gone) + (select count(*) from found))::int as swept`,
);
