import { statement } from "../../../../../platform/database/statement.ts";
import { requestsInProjectsSql } from "../../../../directory/index.ts";

// The people of one batch in one statement. Every reference to migration_item is bounded by ordinal and every
// look-up is a scalar one by index: unbounded, the plan flips to hash joins over whole
// tables and large batches fall to half the speed. A created portal-only account takes its item's id, so nothing
// has to be joined back and nobody can be created twice. Conflicts with rows written since the check are errors
// on purpose: the caller then finds the one person by halving the batch. The journal gathers what was inserted by
// sorting it together with the batch, never by a join, which without statistics compares everybody with everybody.
// $1 migration, $2 after ordinal, $3 up to ordinal, $4 source site, $5 destination site.
export const applyBatchStatement = statement<{ applied: number }>(
  "copyCustomers.applyBatch",
  `with batch as materialized (
     select i.ordinal, i.id, i.email, i.name, i.source_type, i.source_account_id, i.source_portal_customer_id, i.effect, i.joins_group,
       i.project_ids, i.destination_account_id,
       -- The identity the person ends with: the account where there is one, else the portal-only account.
       coalesce(i.destination_account_id, i.source_account_id) as account_after,
       case when i.type_after = 'PORTAL_ONLY' then coalesce(i.destination_portal_customer_id, i.id) end as portal_after,
       i.effect = 'LINK' and i.source_type = 'ATLASSIAN_ACCOUNT' and i.destination_account_id is null as comes,
       case when i.effect = 'CREATE' then (select p.kind from portal_customer p where p.id = i.source_portal_customer_id)
         when i.effect = 'LINK' and i.source_type = 'ATLASSIAN_ACCOUNT' and i.destination_account_id is null
         then (select sa.kind from site_account sa where sa.site_id = $4 and sa.account_id = i.source_account_id) end as kind_after,
       case when i.effect = 'LINK' and i.project_ids <> '{}' then ${requestsInProjectsSql(
         "coalesce(i.destination_account_id, i.source_account_id)",
         "i.destination_portal_customer_id",
         "i.project_ids",
       )} else 0 end as requests
     from migration_item i
     where i.migration_id = $1 and i.ordinal > $2 and i.ordinal <= $3
       and i.outcome is null and i.effect in ('CREATE', 'LINK')
   ), created as (
     insert into portal_customer (id, site_id, email, name, kind)
     select b.id, $5, b.email, b.name, b.kind_after from batch b where b.effect = 'CREATE'
     returning id
   ), present as (
     insert into site_account (site_id, account_id, active, customer_role, kind)
     select $5, b.source_account_id, true, false, b.kind_after from batch b where b.comes
     returning account_id
   ), listed as (
     insert into project_customer (project_id, account_id, portal_customer_id)
     select unnest(b.project_ids), b.account_after, b.portal_after from batch b
     on conflict do nothing
     returning project_id, account_id, portal_customer_id
   ), joined as (
     insert into user_group_member (group_id, account_id)
     select (select g.id from user_group g where g.migration_id = $1), b.account_after from batch b where b.joins_group
     on conflict do nothing
     returning group_id, account_id
   ), journaled as (
     insert into migration_journal (migration_id, ordinal, step, account_id, portal_customer_id, created, kind, project_ids,
       group_id, requests)
     select $1, max(w.ordinal), 'APPLIED', w.account_id, w.portal_customer_id, coalesce(bool_or(w.created), false), max(w.kind),
       coalesce(array_agg(w.project_id) filter (where w.project_id is not null), '{}'),
       (array_agg(w.group_id) filter (where w.group_id is not null))[1], coalesce(max(w.requests), 0)
     from (
       select b.ordinal, b.account_after as account_id, case when b.account_after is null then b.portal_after end as portal_customer_id,
         b.effect = 'CREATE' or b.comes as created, b.kind_after as kind, b.requests, null::uuid as project_id, null::uuid as group_id
       from batch b
       union all
       select null, l.account_id, l.portal_customer_id, null, null, null, l.project_id, null from listed l
       union all
       select null, j.account_id, null, null, null, null, null, j.group_id from joined j
     ) w
     group by w.account_id, w.portal_customer_id
     having bool_or(w.created) or count(w.project_id) > 0 or count(w.group_id) > 0
   ), finished as (
     update migration_item i set outcome = i.planned_outcome,
       destination_portal_customer_id = case when i.effect = 'CREATE' then i.id else i.destination_portal_customer_id end,
       destination_account_id = case when i.effect = 'LINK' and i.source_type = 'ATLASSIAN_ACCOUNT'
         then coalesce(i.destination_account_id, i.source_account_id) else i.destination_account_id end
     where i.migration_id = $1 and i.ordinal > $2 and i.ordinal <= $3 and i.outcome is null
     returning 1
   )
   select count(*)::int as applied from finished`,
);
