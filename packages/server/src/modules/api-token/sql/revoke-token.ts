import { statement } from "../../../platform/database/statement.ts";
import { tokenColumns, type TokenRow } from "./token-columns.ts";

/** $1 token. No row when it was revoked before. */
export const revokeTokenStatement = statement<TokenRow>(
  "apiToken.revokeToken",
  `update api_token t set revoked_at = now() where t.id = $1 and t.revoked_at is null returning ${tokenColumns}`,
);
