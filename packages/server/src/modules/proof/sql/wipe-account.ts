import { statement } from "../../../platform/database/statement.ts";

/** What was removed, by sort. */
export interface WipedRow {
  passwords: number;
  sessions: number;
  apiTokens: number;
  links: number;
}

/**
 * The one list of what somebody else may have left in an account before its address was proven; it all goes.
 *
 * - What hangs on `auth_user` goes with it: passwords, sessions, second factors, recovery codes, passkeys, remembered
 *   browsers, sign-ins between two steps, links to other sign-ins. Every reference to `auth_user` must therefore be
 *   `on delete cascade`.
 * - What refers to the account itself stands below, or in `keptOfAccount` with the reason why it stays.
 *
 * test/proof/wiped-tables.test.ts fails for a table that is in neither.
 */
export const wipedOfAccount: readonly string[] = ["auth_user", "api_token", "email_proof", "service_wish"];

/** Tables that refer to an account and keep their rows, with the reason. */
export const keptOfAccount: Readonly<Record<string, string>> = {
  access_request: "only somebody signed in asks, and nobody signs in before the first proof",
  account_closing: "only somebody signed in asks, and who opened the account again",
  account_closing_part: "who decided",
  account_email_change: "only a proven account has an address changed",
  audit_entry: "the log is kept for good",
  closed_account: "a closed account has nothing to prove before it is open again",
  idempotency_key: "an answer that was given; it lets nobody in",
  import_file: "who uploaded and applied it",
  mail_outbox: "mail goes to the address, which is what was proven",
  migration: "who created and approved it",
  migration_approval: "what was approved stays approved, under a name",
  migration_brake: "who released it",
  migration_item: "who decided",
  migration_undo: "who started it",
  product_user: "linked only by somebody signed in, and nobody signs in before the first proof",
  project_customer: "access, which the organization gave",
  request: "access, which the organization gave",
  request_participant: "access, which the organization gave",
  role_invitation: "who invited, accepted and decided",
  role_assignment: "a role, which the organization gave to whoever has the address",
  service_account: "an account for programs, to which nobody signs in, and who made it",
  site_account: "access, which the organization gave",
  user_group: "who decided",
  user_group_member: "access, which the organization gave",
};

/** $1 account. */
export const wipeAccountStatement = statement<WipedRow>(
  "proof.wipeAccount",
  `with person as (
     select id from auth_user where account_id = $1
   ), passwords as (
     select count(*)::int as count from auth_credential where user_id in (select id from person)
   ), sessions as (
     select count(*)::int as count from auth_session where user_id in (select id from person)
   ), people as (
     delete from auth_user where account_id = $1
   ), tokens as (
     update api_token set revoked_at = now() where account_id = $1 and revoked_at is null returning 1
   ), wishes as (
     delete from service_wish where account_id = $1
   ), links as (
     update email_proof set revoked_at = clock_timestamp()
     where account_id = $1 and consumed_at is null and revoked_at is null returning 1
   )
   select (select count from passwords) as passwords, (select count from sessions) as sessions,
     (select count(*)::int from tokens) as "apiTokens", (select count(*)::int from links) as links`,
);
