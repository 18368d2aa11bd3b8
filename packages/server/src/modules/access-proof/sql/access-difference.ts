/**
 * SQL for every entry that people of a run lost or gained on the destination since before it, with its cause.
 * Columns: email, resource, permission, change, explained_by (null: nothing in the run accounts for it).
 * $1 is the migration, $2 its destination site.
 * @param people condition on an email column that names the people looked at; `{email}` stands for the column
 */
export function accessDifferenceSql(people: string): string {
  const among = (column: string): string => people.replaceAll("{email}", column);
  return `with person as materialized (
     -- Rejected rows may repeat an email: the row that was to be copied speaks for the person.
     select distinct on (i.email) i.email, i.effect, i.type_after, i.outcome, i.problem, i.resolution, i.project_ids,
       i.destination_account_id, i.follow_up_id
     from migration_item i where i.migration_id = $1 and ${among("i.email")}
     order by i.email, array_position(array['CREATE', 'LINK', 'UNCHANGED', 'NOT_COPIED'], i.effect), i.ordinal
   ), reached as (
     select b.email, b.resource, b.permission, null::uuid as project_id, 'lost' as change
     from access_before b where b.migration_id = $1 and ${among("b.email")}
     union all
     select e.email, e.resource, e.permission, e.project_id, 'gained'
     from effective_access e
     where e.site_id = $2 and ${among("e.email")} and e.email in (select email from person)
   ), difference as (
     -- What stands on one side only. A group, not a full or anti join: those are estimated at one row, and the joins
     -- below then loop over every person for each entry (100,000 people: minutes instead of seconds).
     select email, resource, permission, min(change) as change, (array_agg(project_id))[1] as project_id
     from reached group by email, resource, permission having count(*) = 1
   ), approved as materialized (
     select m.account_id, g.name from user_group g join user_group_member m on m.group_id = g.id
     where g.migration_id = $1 and g.grants_customer_role and m.approved
   )
   select d.email, d.resource, d.permission, d.change, case
       when p.outcome is null then null
       when p.resolution = 'PLANNED_AGAIN' then 'Planned again in MR-' || f.number
       when d.change = 'lost' then case
         when p.effect = 'LINK' and p.type_after = 'BOTH' and p.problem = 'DUPLICATE_ACCOUNTS_ON_DESTINATION'
           then 'Duplicate: sign-in resolves to the Atlassian account until the upgrade' end
       when p.resolution = 'UPGRADED' then 'Upgraded to the Atlassian account'
       when a.account_id is not null then 'Customer role approved through group ' || a.name
       when p.effect = 'CREATE' and d.resource like 'project %' and (sp.access = 'OPEN' or d.project_id = any(p.project_ids))
         then 'Created as portal-only'
       when p.effect = 'LINK' and p.outcome = 'SUCCESSFUL' and d.project_id = any(p.project_ids)
         then 'Project list carried to the ' || case p.type_after when 'PORTAL_ONLY' then 'portal-only' else 'Atlassian' end || ' account'
     end as explained_by
   from difference d
   left join person p on p.email = d.email
   left join migration f on f.id = p.follow_up_id
   left join approved a on a.account_id = p.destination_account_id
   left join service_project sp on sp.id = d.project_id`;
}
