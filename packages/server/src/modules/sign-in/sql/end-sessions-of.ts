import { statement } from "../../../platform/database/statement.ts";

/** How many of each ended. */
export interface EndedRow {
  accounts: number;
  sessions: number;
  devices: number;
  links: number;
}

/**
 * $1 accounts, which with their sign-ins are locked before (holdSignInsStatement, holdAccountsStatement): what begins
 * meanwhile is either seen here or begins afterwards. API tokens, invitations, passwords, second factors and passkeys
 * are how people come back, and stay.
 */
export const endSessionsOfStatement = statement<EndedRow>(
  "signIn.endSessionsOf",
  `with marked as (
     update account set sessions_ended_at = clock_timestamp() where id = any($1::uuid[]) returning 1
   ), people as materialized (
     select id from auth_user where account_id = any($1::uuid[])
   ), sessions as (
     delete from auth_session s using people p where s.user_id = p.id returning 1
   ), devices as (
     delete from auth_remembered_device d using people p where d.user_id = p.id returning 1
   ), pending as (
     delete from auth_pending_sign_in s using people p where s.user_id = p.id
   ), wishes as (
     delete from service_wish where account_id = any($1::uuid[])
   ), links as (
     update email_proof set revoked_at = clock_timestamp()
     where account_id = any($1::uuid[]) and consumed_at is null and revoked_at is null
       and purpose in ('RESET_PASSWORD', 'VERIFY_EMAIL', 'CHANGE_EMAIL', 'LINK_SERVICE')
     returning 1
   )
   select (select count(*)::int from marked) as accounts, (select count(*)::int from sessions) as sessions,
     (select count(*)::int from devices) as devices, (select count(*)::int from links) as links`,
);
