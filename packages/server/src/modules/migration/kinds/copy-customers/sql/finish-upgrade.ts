import { statement } from "../../../../../platform/database/statement.ts";
import { requestsOnSiteSql } from "../../../../directory/index.ts";

// Settles every locked item whose person now has the account alone, active and with the Customer role: upgraded a
// moment ago, or by another migration before. Rows left unchanged by the run get their project lists here. What the
// upgrade replaced goes into the journal. $1 migration, $2 item ids, $3 destination site, $4 who upgraded,
// $5 the upgraded pairs as JSON.
export const finishUpgradeStatement = statement<{ upgraded: number }>(
  "copyCustomers.finishUpgrade",
  `with done as materialized (
     select i.ordinal, i.id, i.effect, i.project_ids, i.destination_account_id as account_id,
       jsonb_build_object('outcome', i.outcome, 'typeAfter', i.type_after, 'problem', i.problem, 'nextStep', i.next_step,
         'detail', i.detail) as item,
       ${requestsOnSiteSql("i.destination_account_id", "null::uuid", "$3::uuid")} as requests
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
     returning project_id, account_id
   ), settled as (
     update migration_item i set outcome = 'SUCCESSFUL', type_after = 'ATLASSIAN_ACCOUNT', problem = null, next_step = null,
       detail = null, resolution = 'UPGRADED', resolved_at = clock_timestamp(), resolved_by = $4
     from done d where i.id = d.id and i.migration_id = $1 and i.resolved_at is null
     returning 1
   ), journaled as (
     insert into migration_journal (migration_id, ordinal, step, account_id, project_ids, requests, before)
     select $1, max(w.ordinal), 'UPGRADED', w.account_id,
       coalesce(array_agg(w.project_id) filter (where w.project_id is not null), '{}'), max(w.requests),
       jsonb_build_object('item', (array_agg(w.item) filter (where w.item is not null))[1],
         'upgrade', (array_agg(w.upgrade) filter (where w.upgrade is not null))[1])
     from (
       select d.ordinal, d.account_id, d.item, d.requests, null::jsonb as upgrade, null::uuid as project_id from done d
       union all
       select null, (u ->> 'accountId')::uuid, null, null, u, null from jsonb_array_elements($5::jsonb) u
       union all
       select null, (u ->> 'accountId')::uuid, null, null, null, l::uuid
       from jsonb_array_elements($5::jsonb) u cross join lateral jsonb_array_elements_text(u -> 'joinedLists') l
       union all
       select null, l.account_id, null, null, null, l.project_id from listed l
     ) w
     group by w.account_id
     having count(w.ordinal) > 0 and (count(w.upgrade) > 0 or count(w.project_id) > 0)
   )
   select count(*)::int as upgraded from settled`,
);
