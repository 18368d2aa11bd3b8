import { statement } from "../../../platform/database/statement.ts";

/** What approval of a group's pending members gives. */
export interface GainsRow {
  groupId: string;
  people: number;
  openProjects: string[];
  restrictedProjects: { key: string; name: string; people: number }[];
  requests: number;
}

// Who has the Customer role already, or is deactivated, gains nothing. Requests are found from the members through
// the index of reporters and participants; their number is of requests, not of people times requests.
export const sumGainsStatement = statement<GainsRow>(
  "groupReview.sumGains",
  `with asked as (
     select g.id as group_id, g.site_id from user_group g where g.id = any($1::uuid[])
   ), member as materialized (
     select k.group_id, k.site_id, m.account_id
     from asked k
     join user_group_member m on m.group_id = k.group_id and not m.approved
     join site_account sa on sa.site_id = k.site_id and sa.account_id = m.account_id
     where sa.active and not sa.customer_role and not exists (
       select 1 from user_group_member o join user_group og on og.id = o.group_id
       where o.account_id = m.account_id and og.site_id = k.site_id and og.grants_customer_role and o.approved)
   ), headcount as (
     select group_id, count(*)::int as people from member group by group_id
   ), listed as (
     select m.group_id, sp.key, sp.name, count(*)::int as people
     from member m
     join project_customer c on c.account_id = m.account_id
     join service_project sp on sp.id = c.project_id and sp.site_id = m.site_id and sp.access = 'RESTRICTED'
     group by m.group_id, sp.id
   ), involved as (
     select m.group_id, m.account_id, r.id as request_id, r.project_id
     from member m join request r on r.reporter_account_id = m.account_id and r.site_id = m.site_id
     union
     select m.group_id, m.account_id, r.id, r.project_id
     from member m
     join request_participant t on t.account_id = m.account_id
     join request r on r.id = t.request_id and r.site_id = m.site_id
   ), regained as (
     select i.group_id, count(distinct i.request_id)::int as requests
     from involved i join service_project sp on sp.id = i.project_id
     where sp.access = 'OPEN' or exists (
       select 1 from project_customer c where c.project_id = sp.id and c.account_id = i.account_id)
     group by i.group_id
   )
   select k.group_id as "groupId", coalesce(h.people, 0) as people,
     case when h.people is null then '{}'::text[]
       else array(select sp.key from service_project sp
         where sp.site_id = k.site_id and sp.access = 'OPEN' order by sp.key) end as "openProjects",
     coalesce((select json_agg(json_build_object('key', l.key, 'name', l.name, 'people', l.people) order by l.key)
       from listed l where l.group_id = k.group_id), '[]'::json) as "restrictedProjects",
     coalesce((select r.requests from regained r where r.group_id = k.group_id), 0) as requests
   from asked k left join headcount h on h.group_id = k.group_id`,
);
