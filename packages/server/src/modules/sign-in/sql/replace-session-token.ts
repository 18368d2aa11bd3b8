import { statement } from "../../../platform/database/statement.ts";

/** $1 session id, $2 hash of its new token. The old token opens nothing from then on. */
export const replaceSessionTokenStatement = statement<{ id: string; created_at: Date; expires_at: Date }>(
  "signIn.replaceSessionToken",
  `update auth_session set token = $2, updated_at = now(), confirmed_at = now() where id = $1
   returning id, created_at, expires_at`,
);
