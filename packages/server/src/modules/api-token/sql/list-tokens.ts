import { statement } from "../../../platform/database/statement.ts";
import { tokenColumns, type TokenRow } from "./token-columns.ts";

/** $1 account, $2 most rows. Newest first. Tokens that ended more than 90 days ago are left out. */
export const listTokensStatement = statement<TokenRow>(
  "apiToken.listTokens",
  `select ${tokenColumns} from api_token t
   where t.account_id = $1 and least(t.expires_at, t.revoked_at) > now() - interval '90 days'
   order by t.created_at desc, t.id desc limit $2`,
);
