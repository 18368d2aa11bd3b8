import { statement } from "../../../platform/database/statement.ts";

/** $1 site, $2 account. On the site and active, the Customer role as it was; no row when that is so already. */
export const joinSiteStatement = statement<{ accountId: string }>(
  "roles.joinSite",
  `insert into site_account as sa (site_id, account_id) values ($1, $2)
   on conflict (site_id, account_id) do update set active = true where not sa.active
   returning sa.account_id as "accountId"`,
);
