import { statement } from "../../../platform/database/statement.ts";

// An account is global, so the file of one site names a new one and never renames one that is there.
/** $1 import. */
export const insertAccountsStatement = statement<{ written: number }>(
  "import.insertAccounts",
  `with written as (
     insert into account (email, name)
     select email, name from customer_row
     where import_id = $1 and state = 'GOOD' and account_type = 'ATLASSIAN_ACCOUNT'
     order by email
     on conflict (email) do nothing
     returning 1
   )
   select count(*)::int as written from written`,
);
