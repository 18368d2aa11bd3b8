import { statement } from "../../../platform/database/statement.ts";

/** Exact counts of one site. */
export interface SiteCountRow {
  siteId: string;
  accounts: number;
  accountsWithCustomerRole: number;
  portalCustomers: number;
  deactivated: number;
  requests: number;
}

// Each number is one scan of an index that leads with the site; members of groups count apart and only where
// the account has not got the role itself, so that nobody counts twice.
export const countSiteStatement = statement<SiteCountRow>(
  "directory.countSite",
  `select s.id as "siteId",
     present.accounts,
     present.with_role + (
       select count(distinct m.account_id)::int
       from user_group g
       join user_group_member m on m.group_id = g.id and m.approved
       join site_account sa on sa.site_id = g.site_id and sa.account_id = m.account_id and not sa.customer_role
       where g.site_id = s.id and g.grants_customer_role
     ) as "accountsWithCustomerRole",
     (select count(*)::int from portal_customer p where p.site_id = s.id) as "portalCustomers",
     (select count(*)::int from site_account sa where sa.site_id = s.id and not sa.active)
       + (select count(*)::int from portal_customer p where p.site_id = s.id and not p.active) as deactivated,
     (select count(*)::int from request r where r.site_id = s.id) as requests
   from site s
   cross join lateral (
     select count(*)::int as accounts, (count(*) filter (where sa.customer_role))::int as with_role
     from site_account sa where sa.site_id = s.id
   ) present
   where s.id = any($1::uuid[])`,
);
