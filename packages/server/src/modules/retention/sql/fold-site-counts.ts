import { statement } from "../../../platform/database/statement.ts";
import type { Swept } from "../swept.ts";

// $1: most rows. One row per change of a site becomes one row per site. Readers see the rows before or the row after;
// of two servers that fold the same rows, the second finds none left and writes nothing.
export const foldSiteCountsStatement = statement<Swept>(
  "retention.foldSiteCounts",
  `with gone as (
     delete from site_count where ctid = any(array(
       select c.ctid from site_count c
       where c.site_id = (select m.site_id from site_count m group by m.site_id having count(*) > 1 limit 1) limit $1::int))
     returning *
   ), folded as (
     insert into site_count (site_id, accounts, inactive_accounts, accounts_with_role, portal_customers,
       inactive_portal_customers, requests, both_types)
     select site_id, sum(accounts), sum(inactive_accounts), sum(accounts_with_role), sum(portal_customers),
       sum(inactive_portal_customers), sum(requests), sum(both_types)
     from gone group by site_id
   )
   select count(*)::int as swept from gone`,
);
