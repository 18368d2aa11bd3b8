import { statement } from "../../../platform/database/statement.ts";

/**
 * $1 import, $2 site. The accounts exist (insert-accounts.ts). An empty kind in the file leaves what is there. A closed
 * account comes deactivated whatever the file says: no upload opens it.
 */
export const upsertSiteAccountsStatement = statement<{ written: number }>(
  "import.upsertSiteAccounts",
  `with written as (
     insert into site_account (site_id, account_id, active, customer_role, kind)
     select $2, a.id, r.active and c.account_id is null, coalesce(r.customer_role, false) and c.account_id is null, r.kind
     from customer_row r join account a on a.email = r.email left join closed_account c on c.account_id = a.id
     where r.import_id = $1 and r.state = 'GOOD' and r.account_type = 'ATLASSIAN_ACCOUNT'
     order by a.id
     on conflict (site_id, account_id) do update set
       active = excluded.active,
       customer_role = excluded.customer_role,
       kind = coalesce(excluded.kind, site_account.kind)
     where (site_account.active, site_account.customer_role, site_account.kind) is distinct from
       (excluded.active, excluded.customer_role, coalesce(excluded.kind, site_account.kind))
     returning 1
   )
   select count(*)::int as written from written`,
);
