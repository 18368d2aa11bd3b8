/**
 * SQL for the people of a batch of an undo that are to be put back, one row each with all their journal says: common
 * table expression `chosen` (ordinal, account_id or portal_customer_id, created, kind, group_id, approved, project_ids,
 * requests, whole_site, upgrade).
 * $1 migration, $2 after ordinal, $3 up to ordinal, $4 destination site, $5 undo.
 */
export const undonePeopleSql = `chosen as materialized (
     select j.ordinal,
       (array_agg(j.account_id) filter (where j.account_id is not null))[1] as account_id,
       (array_agg(j.portal_customer_id) filter (where j.portal_customer_id is not null))[1] as portal_customer_id,
       bool_or(j.created) as created,
       (array_agg(j.kind) filter (where j.created))[1] as kind,
       (array_agg(j.group_id) filter (where j.group_id is not null))[1] as group_id,
       bool_or(j.step = 'APPROVED') as approved,
       array(select unnest(s.project_ids) from migration_journal s where s.migration_id = $1 and s.ordinal = j.ordinal) as project_ids,
       (array_agg(j.requests order by array_position(array['APPLIED', 'APPROVED', 'UPGRADED'], j.step) desc))[1] as requests,
       bool_or(j.created or j.step <> 'APPLIED') as whole_site,
       (array_agg(j.before -> 'upgrade') filter (where jsonb_typeof(j.before -> 'upgrade') = 'object'))[1] as upgrade
     from migration_journal j
     where j.migration_id = $1 and j.ordinal > $2 and j.ordinal <= $3
       and exists (select 1 from migration_undo_item u
         where u.undo_id = $5 and u.ordinal = j.ordinal and u.action = 'RESTORE')
     group by j.ordinal
   )`;
