import { statement } from "../../../platform/database/statement.ts";

// Everyone in the run, however the destination knows them: what they hold, whether they reach it or not. A row for
// each project they reach would be many times as much; which OPEN projects there are is kept once for all.
// $1 migration, $2 destination site.
export const keepPeopleStatement = statement(
  "accessProof.keepPeople",
  `with granted as materialized (
     select distinct m.account_id from user_group g join user_group_member m on m.group_id = g.id
     where g.site_id = $2 and g.grants_customer_role and m.approved
   ), person as materialized (
     select e.email, a.id as account_id, sa.active as account_active, p.id as portal_customer_id, p.active as portal_active,
       coalesce(sa.customer_role, false) or g.account_id is not null as customer_role
     from (select distinct email from migration_item where migration_id = $1 and email is not null) e
     left join account a on a.email = e.email
     left join site_account sa on sa.site_id = $2 and sa.account_id = a.id
     left join granted g on g.account_id = a.id
     left join portal_customer p on p.site_id = $2 and p.email = e.email
   ), stood as (
     insert into access_before_person (migration_id, email, account_active, customer_role, portal_active)
     select $1, email, account_active, customer_role, portal_active from person
     where account_active is not null or portal_active is not null or customer_role
   ), identity as materialized (
     select email, account_id as id, true as by_account from person where account_id is not null
     union all
     select email, portal_customer_id, false from person where portal_customer_id is not null
   ), project as materialized (
     select project_id as id, access from access_before_project where migration_id = $1
   )
   insert into access_before_entry (migration_id, email, by_account, project_id, request_id, request_key)
   select $1, i.email, i.by_account, l.project_id, null::uuid, null
   from project_customer l join project p on p.id = l.project_id and p.access = 'RESTRICTED'
   join identity i on i.id = coalesce(l.account_id, l.portal_customer_id)
   union all
   select $1, i.email, i.by_account, r.project_id, r.id, r.key
   from request r join project p on p.id = r.project_id
   join identity i on i.id = coalesce(r.reporter_account_id, r.reporter_portal_customer_id)
   union all
   -- A reporter who also takes part counts once.
   select $1, i.email, i.by_account, r.project_id, r.id, r.key
   from request_participant t join request r on r.id = t.request_id join project p on p.id = r.project_id
   join identity i on i.id = coalesce(t.account_id, t.portal_customer_id)
     and i.id is distinct from coalesce(r.reporter_account_id, r.reporter_portal_customer_id)`,
);
