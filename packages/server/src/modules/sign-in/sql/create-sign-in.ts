import { statement } from "../../../platform/database/statement.ts";

/** auth_user.id. No row when the account does not exist or has another email. */
export interface CreateSignInRow {
  user_id: string;
}

/**
 * $1 account id, $2 canonical email, $3 name, $4 password hash. An existing user keeps its name and an existing
 * password stays: running it again must not undo what the person changed since. A new password on an account that
 * nobody proved counts as vouched for, with a proof that says so.
 */
export const createSignInStatement = statement<CreateSignInRow>(
  "signIn.createSignIn",
  `with person as (
     insert into auth_user (account_id, email, name)
     select a.id, a.email, $3 from account a where a.id = $1 and a.email = $2
     -- Touches the row without changing it, so that an existing one is returned as well.
     on conflict (account_id) do update set account_id = excluded.account_id where auth_user.email = excluded.email
     returning id
   ), credential as (
     insert into auth_credential (user_id, account_id, provider_id, password)
     select id, id::text, 'credential', $4 from person
     on conflict (provider_id, account_id) do nothing
     returning id
   ), proven as (
     update account set proved_at = now()
     where id = $1 and email = $2 and proved_at is null and exists (select from credential)
     returning id, email
   ), vouched as (
     insert into email_proof (purpose, email, account_id, secret_hash, expires_at, consumed_at)
     select 'OPERATOR', email, id, sha256(convert_to(gen_random_uuid()::text, 'UTF8')), now() + interval '10 minutes', now()
     from proven
   )
   select id as user_id from person`,
);
