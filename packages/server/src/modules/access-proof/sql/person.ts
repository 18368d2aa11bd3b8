/**
 * SQL for the CTEs that say, for everyone the proof is about, whether they reach the site's projects at all: before
 * the run, as expected after it, and now. Each is null for "no", true through the account, false through the
 * portal-only account. $1 migration, $2 destination site.
 */
export const personSql = `granted as materialized (
     select m.account_id, bool_or(g.migration_id is distinct from $1) as otherwise
     from user_group g join user_group_member m on m.group_id = g.id
     where g.site_id = $2 and g.grants_customer_role and m.approved group by m.account_id
   ), item as materialized (
     -- Rejected rows may repeat an email: the row that was to be copied speaks for the person. What was not applied, or
     -- was undone, is expected to change nothing.
     select distinct on (i.email) i.email, i.source_type, i.type_after,
       case when i.outcome is not null and i.undone_at is null then i.effect end as effect,
       case when i.undone_at is null then i.resolution end as resolution, i.resolved_by, i.joins_group, i.project_ids
     from migration_item i where i.migration_id = $1 and i.email is not null
     order by i.email, array_position(array['CREATE', 'LINK', 'UNCHANGED', 'NOT_COPIED'], i.effect), i.ordinal
   ), renamed as materialized (
     -- Whose address changed since the run: its rows keep the one from then. Mostly nobody.
     select distinct on (c.old_email) c.old_email as email, a.email as email_now
     from account_email_change c join account a on a.id = c.account_id
     join migration m on m.id = $1 and c.changed_at > m.started_at
     order by c.old_email, c.changed_at
   ), departed as materialized (
     -- Whose account was closed, or who was removed from the organization on the way there. Mostly nobody.
     select account_id from closed_account
     union
     select c.account_id from account_closing_part p join account_closing c on c.id = p.closing_id
     where p.state = 'APPROVED' and p.organization_id = (select organization_id from site where id = $2)
   ), subject as (
     select * from item
     union all
     -- Approved in the imported group without having been in the run: nothing is expected to have changed for them.
     select a.email, null, null, null, null, null, false, '{}'
     from user_group g join user_group_member m on m.group_id = g.id and m.approved
     join granted other on other.account_id = m.account_id and not other.otherwise
     join site_account sa on sa.site_id = $2 and sa.account_id = m.account_id and sa.active and not sa.customer_role
     join account a on a.id = m.account_id
     where g.migration_id = $1 and g.grants_customer_role and not exists (
       select 1 from item i left join renamed r on r.email = i.email where coalesce(r.email_now, i.email) = a.email)
   ), standing as (
     select s.*, b.account_active, coalesce(b.customer_role, false) as role_before,
       coalesce(s.resolution = 'UPGRADED', false) as upgraded,
       s.joins_group and coalesce(s.resolution = 'APPROVED', false) as approved,
       case when b.account_active is not null then case when b.account_active and b.customer_role then true end
         when b.portal_active then false end as before,
       coalesce(b.account_active, case when s.effect = 'LINK' and s.source_type = 'ATLASSIAN_ACCOUNT' then true end) as active_after,
       s.effect = 'CREATE' or coalesce(b.portal_active, false) as portal_after,
       case when sa.account_id is not null then case when sa.active and (sa.customer_role or g.account_id is not null) then true end
         when p.active then false end as now,
       not sa.active and d.account_id is not null as departed, a.id as account_id, p.id as portal_customer_id
     from subject s
     left join access_before_person b on b.migration_id = $1 and b.email = s.email
     left join renamed r on r.email = s.email
     left join account a on a.email = coalesce(r.email_now, s.email)
     left join site_account sa on sa.site_id = $2 and sa.account_id = a.id
     left join granted g on g.account_id = a.id
     left join departed d on d.account_id = a.id
     left join portal_customer p on p.site_id = $2 and p.email = s.email
   ), expecting as (
     select s.*, case
         when departed then null
         when active_after is not null then case when active_after and (role_before or upgraded or approved) then true end
         when portal_after then false end as expected,
       -- Whose lists the item's projects went to.
       case when effect = 'CREATE' or (effect = 'LINK' and type_after = 'PORTAL_ONLY') then false
         when effect = 'LINK' or upgraded then true end as carried_to
     from standing s
   ), person as materialized (
     select email, before, expected, now, upgraded,
       case when carried_to = expected then project_ids else '{}' end as carried_ids,
       case when now then account_id when not now then portal_customer_id end as identity_id,
       case when upgraded then 'UPGRADED' when approved and not role_before then 'APPROVED' when effect = 'CREATE' then 'CREATED'
         when effect = 'LINK' and expected and account_active is null then 'ADDED'
         when effect = 'LINK' and expected then 'CARRIED_TO_ACCOUNT'
         when effect = 'LINK' then 'CARRIED_TO_PORTAL_ONLY' end as gain_cause,
       case when upgraded or (approved and not role_before) then resolved_by end as gain_cause_id,
       case when departed then 'ACCOUNT_CLOSED' when effect = 'LINK' and type_after = 'BOTH' then 'DUPLICATE' end as loss_cause
     from expecting
   )`;
