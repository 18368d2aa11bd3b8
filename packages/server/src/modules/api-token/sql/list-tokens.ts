import { statement } from "../../../platform/database/statement.ts";
import { tokenColumns, type TokenRow } from "./token-columns.ts";

/** $1 accounts, $2 most rows of each. Newest first. Tokens that ended more than 90 days ago are left out. */
export const listTokensStatement = statement<TokenRow>(
  "apiToken.listTokens",
  `select l.* from unnest($1::uuid[]) as owner (id) cross join lateral (
     select ${tokenColumns} from api_token t
     where t.account_id = owner.id and least(t.expires_at, t.revoked_at) > now() - interval '90 days'
     order by t.created_at desc, t.id desc limit $2) l
   order by l."accountId", l."createdAt" desc, l.id desc`,
);
