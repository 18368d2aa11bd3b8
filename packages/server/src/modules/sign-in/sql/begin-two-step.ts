import { statement } from "../../../platform/database/statement.ts";

/** $1 auth_user.id, $2 sealed secret. Replaces one that was never confirmed; no row when two-step sign-in is on. */
export const beginTwoStepStatement = statement<{ user_id: string }>(
  "signIn.beginTwoStep",
  `insert into auth_two_step as kept (user_id, sealed_secret) values ($1, $2)
   on conflict (user_id) do update set sealed_secret = excluded.sealed_secret, last_step = null, created_at = now()
     where kept.confirmed_at is null
   returning user_id`,
);
