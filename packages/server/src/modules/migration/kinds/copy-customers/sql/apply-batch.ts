import { statement } from "../../../../../platform/database/statement.ts";

// The people of one batch in one statement. Every reference to migration_item is bounded by ordinal and every
// look-up is a scalar one by index: unbounded, the plan flips to hash joins over whole
// tables and large batches fall to half the speed. A created portal-only account takes its item's id, so nothing
// has to be joined back and nobody can be created twice. Conflicts with rows written since the check are errors
// on purpose: the caller then finds the one person by halving the batch.
// $1 migration, $2 after ordinal, $3 up to ordinal, $4 source site, $5 destination site.
export const applyBatchStatement = statement<{ applied: number }>(
  "copyCustomers.applyBatch",
  `with batch as materialized (
     select i.id, i.email, i.name, i.source_type, i.source_account_id, i.source_portal_customer_id, i.effect, i.joins_group,
       i.project_ids, i.destination_account_id,
       -- The identity the person ends with: the account where there is one, else the portal-only account.
       coalesce(i.destination_account_id, i.source_account_id) as account_after,
       case when i.type_after = 'PORTAL_ONLY' then coalesce(i.destination_portal_customer_id, i.id) end as portal_after
     from migration_item i
     where i.migration_id = $1 and i.ordinal > $2 and i.ordinal <= $3
       and i.outcome is null and i.effect in ('CREATE', 'LINK')
   ), created as (
     insert into portal_customer (id, site_id, email, name, kind)
     select b.id, $5, b.email, b.name, (select p.kind from portal_customer p where p.id = b.source_portal_customer_id)
     from batch b where b.effect = 'CREATE'
     returning id
   ), present as (
     insert into site_account (site_id, account_id, active, customer_role, kind)
     select $5, b.source_account_id, true, false,
       (select sa.kind from site_account sa where sa.site_id = $4 and sa.account_id = b.source_account_id)
     from batch b where b.effect = 'LINK' and b.source_type = 'ATLASSIAN_ACCOUNT' and b.destination_account_id is null
     returning account_id
   ), listed as (
     insert into project_customer (project_id, account_id, portal_customer_id)
     select unnest(b.project_ids), b.account_after, b.portal_after from batch b
     on conflict do nothing
     returning project_id
   ), joined as (
     insert into user_group_member (group_id, account_id)
     select (select g.id from user_group g where g.migration_id = $1), b.account_after from batch b where b.joins_group
     on conflict do nothing
     returning account_id
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
