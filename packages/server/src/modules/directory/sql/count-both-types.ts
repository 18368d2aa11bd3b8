import { statement } from "../../../platform/database/statement.ts";

// Apart from the other counts: it joins both types, and few pages ask for it.
export const countBothTypesStatement = statement<{ siteId: string; count: number }>(
  "directory.countBothTypes",
  `select p.site_id as "siteId", count(*)::int as count
   from site_account sa
   join account a on a.id = sa.account_id
   join portal_customer p on p.site_id = sa.site_id and p.email = a.email
   where sa.site_id = any($1::uuid[])
   group by p.site_id`,
);
