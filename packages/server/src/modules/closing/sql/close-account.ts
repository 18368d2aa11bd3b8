import { statement } from "../../../platform/database/statement.ts";

/** How many of each ended. */
export interface ClosedRow {
  sessions: number;
  apiTokens: number;
  links: number;
}

/**
 * $1 account, $2 closing. Ends every way in: what hangs on the sign-in goes with it (passwords, sessions, passkeys, second
 * factors, remembered browsers), tokens and open links are revoked, logins inside products are no longer linked. Name,
 * address and history stay. The address counts as proven by nobody, so that whoever uses it again proves it first.
 */
export const closeAccountStatement = statement<ClosedRow>(
  "closing.closeAccount",
  `with sessions as (
     select count(*)::int as count from auth_session s join auth_user u on u.id = s.user_id where u.account_id = $1
   ), people as (
     delete from auth_user where account_id = $1
   ), tokens as (
     update api_token set revoked_at = now() where account_id = $1 and revoked_at is null returning 1
   ), links as (
     update email_proof set revoked_at = clock_timestamp()
     where account_id = $1 and consumed_at is null and revoked_at is null returning 1
   ), wishes as (
     delete from service_wish where account_id = $1
   ), unlinked as (
     update product_user set account_id = null, link_proof_id = null, linked_at = null where account_id = $1
   ), ended as (
     update account set proved_at = null, sessions_ended_at = clock_timestamp() where id = $1
   ), closed as (
     insert into closed_account (account_id, closing_id) values ($1, $2)
   )
   select (select count from sessions) as sessions, (select count(*)::int from tokens) as "apiTokens",
     (select count(*)::int from links) as links`,
);
