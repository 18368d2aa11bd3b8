import { statement } from "../../../platform/database/statement.ts";

/** $1 account, $2 canonical email. A site of the account that has a portal-only account of that address. */
export const findShadowedSiteStatement = statement<{ siteName: string }>(
  "recovery.findShadowedSite",
  `select s.name as "siteName" from site_account sa
   join portal_customer p on p.site_id = sa.site_id and p.email = $2
   join site s on s.id = sa.site_id
   where sa.account_id = $1
   order by s.name limit 1`,
);
