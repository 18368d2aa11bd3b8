import { statement } from "../../../../../platform/database/statement.ts";

// The portal-only account comes back whole, under its own id and date, and with it its lists, requests and
// participations; the account gives up what it only got by the upgrade. Parameters as in undonePeopleSql.
export const restoreUpgradesStatement = statement<{ restored: number }>(
  "copyCustomers.restoreUpgrades",
  `with pair as materialized (
     -- The few people with an upgrade in their journal, without gathering everybody's.
     select j.account_id, j.before -> 'upgrade' as upgrade, j.before -> 'upgrade' -> 'portalCustomer' as portal,
       (j.before -> 'upgrade' ->> 'portalCustomerId')::uuid as portal_customer_id,
       exists (select 1 from migration_journal a
         where a.migration_id = $1 and a.ordinal = j.ordinal and a.step = 'APPLIED' and a.created) as created
     from migration_journal j
     where j.migration_id = $1 and j.ordinal > $2 and j.ordinal <= $3 and j.step = 'UPGRADED'
       and jsonb_typeof(j.before -> 'upgrade') = 'object'
       and exists (select 1 from migration_undo_item u where u.undo_id = $5 and u.ordinal = j.ordinal and u.action = 'RESTORE')
   ), returned as (
     insert into portal_customer (id, site_id, email, name, active, kind, created_at)
     select p.portal_customer_id, $4, p.portal ->> 'email', p.portal ->> 'name', (p.portal ->> 'active')::boolean,
       p.portal ->> 'kind', (p.portal ->> 'created_at')::timestamptz
     from pair p
     returning id
   ), listed as (
     insert into project_customer (project_id, portal_customer_id)
     select l::uuid, p.portal_customer_id from pair p cross join lateral jsonb_array_elements_text(p.upgrade -> 'listed') l
     returning 1
   ), owned as (
     update request r set reporter_portal_customer_id = p.portal_customer_id, reporter_account_id = null
     from (select p.portal_customer_id, p.account_id, l::uuid as request_id
       from pair p cross join lateral jsonb_array_elements_text(p.upgrade -> 'reported') l) p
     where r.id = p.request_id and r.reporter_account_id = p.account_id
     returning 1
   ), departed as (
     delete from request_participant rp
     using (select p.account_id, l::uuid as request_id
       from pair p cross join lateral jsonb_array_elements_text(p.upgrade -> 'joinedRequests') l) p
     where rp.account_id = p.account_id and rp.request_id = p.request_id
     returning 1
   ), joined as (
     insert into request_participant (request_id, portal_customer_id)
     select l::uuid, p.portal_customer_id from pair p cross join lateral jsonb_array_elements_text(p.upgrade -> 'participated') l
     returning 1
   ), withdrawn as (
     -- A presence that the run made goes with the run's own changes, and no row may be changed twice.
     update site_account sa set customer_role = false
     from pair p
     where sa.site_id = $4 and sa.account_id = p.account_id and not p.created and (p.upgrade ->> 'granted')::boolean
     returning 1
   )
   select count(*)::int as restored from returned`,
);
