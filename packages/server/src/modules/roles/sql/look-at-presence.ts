import { statement } from "../../../platform/database/statement.ts";

/** $1 site, $2 account: whether the account is active there, whether a portal-only account of its email is, and what waits. */
export const lookAtPresenceStatement = statement<{ active: boolean; portalOnly: boolean }>(
  "roles.lookAtPresence",
  `select exists (select from site_account sa where sa.site_id = $1 and sa.account_id = a.id and sa.active) as active,
     exists (select from portal_customer p where p.site_id = $1 and p.email = a.email) as "portalOnly"
   from account a where a.id = $2`,
);
