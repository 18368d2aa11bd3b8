import { statement } from "../../../platform/database/statement.ts";

/** An account that was named, and whether it took the hash. */
export interface ImportedHashRow {
  account_id: string;
  imported: boolean;
}

/**
 * $1 account ids, $2 their hashes in the same order; each account at most once. No row for accounts that do not exist, and
 * for service accounts, which never sign in.
 * A password that is there stays: the person may have chosen it since. An account that nobody proved counts as vouched
 * for by whoever brings its hash, with a proof that says so; not one that a passkey opens, which nobody vouched for.
 */
export const importHashesStatement = statement<ImportedHashRow>(
  "signIn.importHashes",
  `with given as (
     select account_id, hash from unnest($1::uuid[], $2::text[]) as g (account_id, hash)
   ), person as (
     insert into auth_user (account_id, email, name)
     select a.id, a.email, a.name from account a join given g on g.account_id = a.id
     where not exists (select from service_account s where s.account_id = a.id)
     order by a.id
     -- Touches the row without changing it, so that an existing one is returned as well.
     on conflict (account_id) do update set account_id = excluded.account_id
     returning id, account_id
   ), credential as (
     insert into auth_credential as kept (user_id, account_id, provider_id, password)
     select p.id, p.id::text, 'credential', g.hash from person p join given g on g.account_id = p.account_id
     on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = now()
       where kept.password is null
     returning user_id
   ), proven as (
     update account a set proved_at = now()
     from person p join credential c on c.user_id = p.id
     where a.id = p.account_id and a.proved_at is null
       and not exists (select from auth_passkey k where k.user_id = p.id)
     returning a.id, a.email
   ), vouched as (
     insert into email_proof (purpose, email, account_id, secret_hash, expires_at, consumed_at)
     select 'OPERATOR', email, id, sha256(convert_to(gen_random_uuid()::text, 'UTF8')), now() + interval '10 minutes', now()
     from proven
   )
   select p.account_id, c.user_id is not null as imported
   from person p left join credential c on c.user_id = p.id`,
);
