import { statement } from "../../../platform/database/statement.ts";
import { personSql } from "./person.ts";

/** How many entries, and how many people, one cause accounts for in one direction; a null cause is unexplained. */
export interface CauseCount {
  gained: boolean;
  cause: string | null;
  causeId: string | null;
  entries: number;
  people: number;
  /** The same for every cause: what a row with open_projects stands for, as resources in byte order. */
  openProjects: string[];
}

// One pass over the run's people, their lists and their requests. Every step joins whole sets by equality and groups
// them: no full or anti join (those are estimated at one row, and the joins after them then loop over everybody), no
// look-up per entry. Projects that were OPEN and still are need no entry of their own.
// In a CTE, before, expected and now say whether the resource was, should be and is reached.
// $1 migration, $2 destination site, $3 computation.
export const writeDifferencesStatement = statement<CauseCount>(
  "accessProof.writeDifferences",
  `with ${personSql}, project as materialized (
     select b.project_id as id, b.key, b.access = 'OPEN' as open_before, coalesce(s.access = 'OPEN', false) as open_now
     from access_before_project b left join service_project s on s.id = b.project_id and s.site_id = $2
     where b.migration_id = $1
   ), single as materialized (
     select * from project where not (open_before and open_now)
   ), listed as materialized (
     select email, project_id, coalesce(bool_or(before), false) as before, coalesce(bool_or(expected), false) as expected,
       coalesce(bool_or(now), false) as now
     from (
       select p.email, b.project_id, b.by_account = p.before as before,
         b.by_account = p.expected or (p.expected and p.upgraded) as expected, false as now
       from access_before_entry b join single s on s.id = b.project_id join person p on p.email = b.email
       where b.migration_id = $1 and b.request_id is null
       union all
       select c.email, c.project_id, false, true, false
       from (select email, unnest(carried_ids) as project_id from person) c join single s on s.id = c.project_id
       union all
       select p.email, l.project_id, false, false, true
       from project_customer l join single s on s.id = l.project_id
       join person p on p.identity_id = coalesce(l.account_id, l.portal_customer_id)
       union all
       -- A project that was opened or closed since concerns everybody.
       select p.email, s.id, s.open_before and p.before is not null, s.open_before and p.expected is not null,
         s.open_now and p.now is not null
       from single s cross join person p where s.open_before <> s.open_now
     ) of_person group by email, project_id
   ), request_now as (
     select r.id, r.key, r.project_id, coalesce(r.reporter_account_id, r.reporter_portal_customer_id) as identity_id
     from request r join project j on j.id = r.project_id
     union all
     select r.id, r.key, r.project_id, coalesce(t.account_id, t.portal_customer_id)
     from request_participant t join request r on r.id = t.request_id join project j on j.id = r.project_id
   ), asked as (
     select email, request_id, max(key) as key, coalesce(bool_or(before), false) as before,
       coalesce(bool_or(expected), false) as expected, coalesce(bool_or(now), false) as now, bool_or(kept) as kept
     from (
       select p.email, b.request_id, b.request_key as key, b.by_account = p.before and (j.open_before or l.before) as before,
         (b.by_account = p.expected or (p.expected and p.upgraded)) and (j.open_before or l.expected) as expected,
         false as now, true as kept
       from access_before_entry b join project j on j.id = b.project_id join person p on p.email = b.email
       left join listed l on l.email = b.email and l.project_id = b.project_id
       where b.migration_id = $1 and b.request_id is not null
       union all
       select p.email, r.id, r.key, false, false, j.open_now or l.now, false
       from request_now r join project j on j.id = r.project_id join person p on p.identity_id = r.identity_id
       left join listed l on l.email = p.email and l.project_id = r.project_id
     ) of_person group by email, request_id
   ), entry as (
     select email, null as resource, before is not null as before, expected is not null as expected, now is not null as now
     from person where exists (select 1 from project where open_before and open_now)
     union all
     select l.email, 'project ' || s.key, l.before, l.expected, l.now from listed l join single s on s.id = l.project_id
     union all
     -- Requests raised since are not compared: without them in the picture from before, only older ones count.
     select a.email, 'request ' || a.key, a.before, a.expected, a.now from asked a
     where a.kept or a.request_id < (select least_id_at(access_kept_at) from migration where id = $1)
   ), changed as materialized (
     select e.email, e.resource, e.now as gained,
       case when e.now <> e.expected then null when e.now then p.gain_cause else p.loss_cause end as cause,
       case when e.now and e.expected then p.gain_cause_id end as cause_id
     from entry e join person p on p.email = e.email
     where e.now <> e.expected or e.now <> e.before
   ), elsewhere as materialized (
     -- What another run to the same site changed, as its own proof explains it.
     select o.email, o.gained, o.open_projects, o.resources, m.id
     from migration m join access_difference o on o.migration_id = m.id and o.computation = m.proven_version
     where m.destination_site_id = $2 and m.id <> $1 and o.cause is not null and o.cause <> 'OTHER_MIGRATION'
       and o.email in (select c.email from changed c where c.cause is null)
   ), explained as (
     select c.email, c.resource, c.gained, coalesce(c.cause, case when o.id is not null then 'OTHER_MIGRATION' end) as cause,
       coalesce(c.cause_id, o.id) as cause_id
     from changed c
     left join (
       select email, gained, null as resource, min(id::text)::uuid as id from elsewhere where open_projects group by email, gained
       union all
       select email, gained, resource, min(id::text)::uuid from (select email, gained, unnest(resources) as resource, id from elsewhere) single_one
       group by email, gained, resource
     ) o on c.cause is null and o.email = c.email and o.gained = c.gained and coalesce(o.resource, '') = coalesce(c.resource, '')
   ), written as (
     insert into access_difference (migration_id, computation, email, gained, cause, cause_id, open_projects, resources)
     select $1, $3, email, gained, cause, cause_id, bool_or(resource is null),
       coalesce(array_agg(resource order by resource collate "C") filter (where resource is not null), '{}')
     from explained group by email, gained, cause, cause_id order by email
     returning gained, cause, cause_id, open_projects, cardinality(resources) as resources
   )
   select gained, cause, cause_id as "causeId", count(*)::int as people,
     array(select 'project ' || key from project where open_before and open_now order by key collate "C") as "openProjects",
     sum(resources + case when open_projects then (select count(*) from project where open_before and open_now) else 0 end)::int as entries
   from written group by gained, cause, cause_id order by cause nulls first, gained, cause_id`,
);
