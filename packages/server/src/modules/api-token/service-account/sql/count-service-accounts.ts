import { statement } from "../../../../platform/database/statement.ts";

/** $1 organization, locked until the transaction ends: two at once would both count without each other's. */
export const countServiceAccountsStatement = statement<{ count: number }>(
  "apiToken.countServiceAccounts",
  `with held as (select id from organization where id = $1 for no key update)
   select (select count(*)::int from service_account s where s.organization_id = h.id and s.removed_at is null) as count
   from held h`,
);
