import { statement } from "../../../platform/database/statement.ts";

/**
 * $1 account, $2 its name, $3 password hash. Makes the sign-in where there is none; the address to sign in with is
 * always the account's.
 */
export const setPasswordStatement = statement<{ userId: string }>(
  "signIn.setPassword",
  `with person as (
     insert into auth_user (account_id, email, name) select id, email, $2 from account where id = $1
     on conflict (account_id) do update set email = excluded.email, name = excluded.name, updated_at = now()
     returning id
   ), credential as (
     insert into auth_credential (user_id, account_id, provider_id, password)
     select id, id::text, 'credential', $3 from person
     on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = now()
   )
   select id as "userId" from person`,
);
