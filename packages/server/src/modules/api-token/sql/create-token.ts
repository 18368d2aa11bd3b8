import { statement } from "../../../platform/database/statement.ts";
import { tokenColumns, type TokenRow } from "./token-columns.ts";

/** $1 account, $2 name, $3 hint, $4 SHA-256 in hexadecimal, $5 scope, $6 organization or null, $7 days. */
export const createTokenStatement = statement<TokenRow>(
  "apiToken.createToken",
  `insert into api_token as t (account_id, name, hint, secret_hash, scope, organization_id, expires_at)
   values ($1, $2, $3, decode($4, 'hex'), $5, $6, now() + make_interval(days => $7::int))
   returning ${tokenColumns}`,
);
