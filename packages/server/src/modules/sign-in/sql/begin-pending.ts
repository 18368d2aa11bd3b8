import { statement } from "../../../platform/database/statement.ts";

/** $1 auth_user.id, $2 hash of its secret, $3 whether the browser is to be remembered. Those that ran out go. */
export const beginPendingStatement = statement<{ expires_at: Date }>(
  "signIn.beginPending",
  `with ended as (delete from auth_pending_sign_in where user_id = $1 and expires_at < now())
   insert into auth_pending_sign_in (user_id, secret_hash, remember, expires_at)
   values ($1, $2, $3, now() + interval '5 minutes')
   returning expires_at`,
);
