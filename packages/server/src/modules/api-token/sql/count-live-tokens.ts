import { statement } from "../../../platform/database/statement.ts";

/** $1 account, locked before (lockOwnerStatement): two calls at once would both count without each other's token. */
export const countLiveTokensStatement = statement<{ count: number }>(
  "apiToken.countLiveTokens",
  `select count(*)::int as count from api_token
   where account_id = $1 and revoked_at is null and expires_at > now()`,
);
