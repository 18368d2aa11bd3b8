import { statement } from "../../../platform/database/statement.ts";

/** $1 account. */
export const revokeApiTokensStatement = statement<{ id: string }>(
  "recovery.revokeApiTokens",
  `update api_token set revoked_at = now() where account_id = $1 and revoked_at is null returning id`,
);
