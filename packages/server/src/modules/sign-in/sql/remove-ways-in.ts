import { statement } from "../../../platform/database/statement.ts";

/** What there was. */
export interface RemovedRow {
  passwords: number;
  passkeys: number;
  two_steps: number;
  sessions: number;
}

/** $1 auth_user.id. The sign-in itself stays, with no way into it. */
export const removeWaysInStatement = statement<RemovedRow>(
  "signIn.removeWaysIn",
  `with passwords as (
       update auth_credential set password = null, updated_at = now() where user_id = $1 and password is not null returning 1),
     passkeys as (delete from auth_passkey where user_id = $1 returning 1),
     two_steps as (delete from auth_two_step where user_id = $1 returning 1),
     codes as (delete from auth_recovery_code where user_id = $1),
     devices as (delete from auth_remembered_device where user_id = $1),
     pending as (delete from auth_pending_sign_in where user_id = $1),
     challenges as (delete from auth_passkey_challenge where user_id = $1),
     sessions as (delete from auth_session where user_id = $1 returning 1)
   select (select count(*)::int from passwords) as passwords, (select count(*)::int from passkeys) as passkeys,
     (select count(*)::int from two_steps) as two_steps, (select count(*)::int from sessions) as sessions`,
);
