import { statement } from "../../../platform/database/statement.ts";

/** Exact counts of one site. */
export interface SiteCountRow {
  siteId: string;
  accounts: number;
  accountsWithCustomerRole: number;
  portalCustomers: number;
  deactivated: number;
  requests: number;
  bothTypes: number;
}

// Sums of what every change left behind (0013-kept-counts.ts). Members of groups count apart and only where the account
// has not got the role itself, so that nobody counts twice.
export const countSiteStatement = statement<SiteCountRow>(
  "directory.countSite",
  `select s.id as "siteId", coalesce(kept.accounts, 0)::int as accounts,
     coalesce(kept.with_role, 0)::int + (
       select count(distinct m.account_id)::int
       from user_group g
       join user_group_member m on m.group_id = g.id and m.approved
       join site_account sa on sa.site_id = g.site_id and sa.account_id = m.account_id and not sa.customer_role
       where g.site_id = s.id and g.grants_customer_role
     ) as "accountsWithCustomerRole",
     coalesce(kept.portal_customers, 0)::int as "portalCustomers", coalesce(kept.deactivated, 0)::int as deactivated,
     coalesce(kept.requests, 0)::int as requests, coalesce(kept.both_types, 0)::int as "bothTypes"
   from site s
   cross join lateral (
     select sum(c.accounts) as accounts, sum(c.accounts_with_role) as with_role, sum(c.portal_customers) as portal_customers,
       sum(c.inactive_accounts + c.inactive_portal_customers) as deactivated, sum(c.requests) as requests, sum(c.both_types) as both_types
     from site_count c where c.site_id = s.id
   ) kept
   where s.id = any($1::uuid[])`,
);
