import { statement } from "../../../platform/database/statement.ts";

/** How many identities sites have, by type. */
export interface SummedCounts {
  accounts: number;
  inactiveAccounts: number;
  portalCustomers: number;
  inactivePortalCustomers: number;
  bothTypes: number;
}

/** $1 sites. Exact, whatever their size. */
export const sumSiteCountsStatement = statement<SummedCounts>(
  "directory.sumSiteCounts",
  `select coalesce(sum(c.accounts), 0)::int as accounts, coalesce(sum(c.inactive_accounts), 0)::int as "inactiveAccounts",
     coalesce(sum(c.portal_customers), 0)::int as "portalCustomers",
     coalesce(sum(c.inactive_portal_customers), 0)::int as "inactivePortalCustomers",
     coalesce(sum(c.both_types), 0)::int as "bothTypes"
   from site_count c where c.site_id = any($1::uuid[])`,
);
