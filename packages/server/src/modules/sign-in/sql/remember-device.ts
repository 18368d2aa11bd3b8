import { statement } from "../../../platform/database/statement.ts";

/** $1 auth_user.id, $2 hash of the secret, $3 user agent. Those that ran out go. */
export const rememberDeviceStatement = statement(
  "signIn.rememberDevice",
  `with ended as (delete from auth_remembered_device where user_id = $1 and expires_at < now())
   insert into auth_remembered_device (user_id, secret_hash, user_agent, created_at, expires_at)
   select $1, $2, $3, at, at + interval '30 days' from clock_timestamp() as clock (at)`,
);
