import { statement } from "../../../../platform/database/statement.ts";

// Both rows of each pair are locked in one order; whoever waited finds the portal-only row gone.
// $1 site, $2 portal-only account ids.
export const lockUpgradePairsStatement = statement<{ portalCustomerId: string; accountId: string }>(
  "directory.lockUpgradePairs",
  `select p.id as "portalCustomerId", sa.account_id as "accountId"
   from portal_customer p
   join account a on a.email = p.email
   join site_account sa on sa.site_id = p.site_id and sa.account_id = a.id
   where p.site_id = $1 and p.id = any($2::uuid[]) and p.active and sa.active
   order by p.id
   for update of p, sa`,
);
