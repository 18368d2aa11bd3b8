import { statement } from "../../../platform/database/statement.ts";

/** An account that was named, and whether it took the hash. */
export interface ImportedHashRow {
  account_id: string;
  imported: boolean;
}

/**
 * $1 account ids, $2 their hashes in the same order; each account at most once. No row for accounts that do not exist, and
 * for service accounts, which never sign in.
 * A password that is there stays: the person may have chosen it since. No account counts as proven by it: whoever brings
 * a file of hashes may have made one up for somebody else's address.
 */
export const importHashesStatement = statement<ImportedHashRow>(
  "signIn.importHashes",
  `with given as (
     select account_id, hash from unnest($1::uuid[], $2::text[]) as g (account_id, hash)
   ), person as (
     insert into auth_user (account_id, email, name)
     select a.id, a.email, a.name from account a join given g on g.account_id = a.id
     where not exists (select from service_account s where s.account_id = a.id)
       and not exists (select from closed_account c where c.account_id = a.id)
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
   )
   select p.account_id, c.user_id is not null as imported
   from person p left join credential c on c.user_id = p.id`,
);
