import { statement } from "../../../platform/database/statement.ts";
import { tokenColumns, type TokenRow } from "./token-columns.ts";

/** $1 token, $2 the account it must belong to; null for anybody's. */
export const findTokenStatement = statement<TokenRow>(
  "apiToken.findToken",
  `select ${tokenColumns} from api_token t where t.id = $1 and ($2::uuid is null or t.account_id = $2)`,
);
