import { statement } from "../../../platform/database/statement.ts";

/**
 * $1 account, $2 the new canonical email, $3 the proof of it. Account and sign-in change together; another account with
 * the address makes it fail on account_email_key. Plans over the account's sites become stale.
 */
export const changeEmailStatement = statement<{ oldEmail: string }>(
  "recovery.changeEmail",
  `with before as (
     select id, email from account where id = $1
   ), changed as (
     update account set email = $2 where id = $1
   ), person as (
     update auth_user set email = $2, updated_at = now() where account_id = $1
   ), kept as (
     insert into account_email_change (account_id, old_email, new_email, proof_id) select id, email, $2, $3 from before
   ), noted as (
     insert into directory_change
     select site_id, now(), pg_current_xact_id() from site_account where account_id = $1
     on conflict do nothing
   )
   select email as "oldEmail" from before`,
);
