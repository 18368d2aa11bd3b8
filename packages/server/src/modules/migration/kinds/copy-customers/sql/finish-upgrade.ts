import { statement } from "../../../../../platform/database/statement.ts";

// Settles every locked item whose person now has the account alone, active and with the Customer role: upgraded a
// moment ago, or by another migration before. Rows left unchanged by the run get their project lists here.
// $1 migration, $2 item ids, $3 destination site, $4 who upgraded.
export const finishUpgradeStatement = statement<{ upgraded: number }>(
  "copyCustomers.finishUpgrade",
  `with done as materialized (
     select i.id, i.effect, i.project_ids, i.destination_account_id as account_id
     from migration_item i
     join site_account sa on sa.site_id = $3 and sa.account_id = i.destination_account_id
     where i.migration_id = $1 and i.id = any($2::uuid[]) and sa.active and sa.customer_role
       and not exists (select 1 from portal_customer p where p.site_id = $3 and p.email = i.email)
   ), listed as (
     insert into project_customer (project_id, account_id)
     -- A project deleted since has no list to be on.
     select sp.id, d.account_id from done d cross join lateral unnest(d.project_ids) l (project_id)
     join service_project sp on sp.id = l.project_id
     where d.effect = 'UNCHANGED'
     on conflict do nothing
     returning project_id
   ), settled as (
     update migration_item i set outcome = 'SUCCESSFUL', type_after = 'ATLASSIAN_ACCOUNT', problem = null, next_step = null,
       detail = null, resolution = 'UPGRADED', resolved_at = clock_timestamp(), resolved_by = $4
     from done d where i.id = d.id and i.migration_id = $1 and i.resolved_at is null
     returning 1
   )
   select count(*)::int as upgraded from settled`,
);
