import { statement } from "../../../platform/database/statement.ts";

/** $1 account. Locks the account's row, so that two calls at once count one after the other. */
export const countLiveTokensStatement = statement<{ count: number }>(
  "apiToken.countLiveTokens",
  `with locked as (select id from account where id = $1 for no key update)
   select count(t.id)::int as count from locked
   left join api_token t on t.account_id = locked.id and t.revoked_at is null and t.expires_at > now()`,
);
