import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// What is kept of a site's people and requests is what its rows say, and so are the emails of both types.
export const siteCountsTrueStatement = statement<Violation>(
  "invariants.siteCountsTrue",
  `with counted (site_id, counts) as (
     select s.id, array[
       (select count(*) from site_account x where x.site_id = s.id),
       (select count(*) from site_account x where x.site_id = s.id and not x.active),
       (select count(*) from site_account x where x.site_id = s.id and x.customer_role),
       (select count(*) from portal_customer x where x.site_id = s.id),
       (select count(*) from portal_customer x where x.site_id = s.id and not x.active),
       (select count(*) from request x where x.site_id = s.id),
       (select count(*) from both_types x where x.site_id = s.id)]
     from site s
   ), kept (site_id, counts) as (
     select site_id, array[sum(accounts), sum(inactive_accounts), sum(accounts_with_role), sum(portal_customers),
       sum(inactive_portal_customers), sum(requests), sum(both_types)]
     from site_count group by site_id
   ), pair as (
     select sa.site_id, a.email, a.id as account_id, p.id as portal_customer_id
     from site_account sa join account a on a.id = sa.account_id join portal_customer p on p.site_id = sa.site_id and p.email = a.email
   )
   select format('site %s', c.site_id) as subject,
     format('keeps the counts %s of accounts, inactive, with the Customer role, portal-only accounts, inactive, requests, both types; its rows are %s',
       k.counts, c.counts) as problem
   from counted c left join kept k on k.site_id = c.site_id
   where coalesce(k.counts, array_fill(0::numeric, array[7])) <> c.counts::numeric[]
   union all
   select format('email %s', coalesce(b.email, p.email)),
     case when b.site_id is null then format('is on site %s as both types, which is not kept', p.site_id)
       else format('is kept as being on site %s as both types, and is not', b.site_id) end
   from both_types b full join pair p on (p.site_id, p.email, p.account_id, p.portal_customer_id)
     = (b.site_id, b.email, b.account_id, b.portal_customer_id)
   where b.site_id is null or p.site_id is null
   limit 21`,
);
