import { statement } from "../../../../platform/database/statement.ts";

// Pauses are the spans from a stop to the next going-on; they count for nobody. Also keeps how long the run took, for
// the estimates of later ones. $1 migration; its log has VERIFYING, and its end is now.
export const scoreEstimatesStatement = statement<{ scored: number }>(
  "migration.scoreEstimates",
  `with ended as (
     select m.id, m.kind, m.total_items, m.started_at, coalesce(m.finished_at, clock_timestamp()) as finished_at,
       (select max(e.at) from migration_event e where e.migration_id = m.id and e.type = 'VERIFYING') as written_at
     from migration m where m.id = $1
   ), pause as (
     select s.at as began, coalesce((select min(g.at) from migration_event g
       where g.migration_id = s.migration_id and g.sequence > s.sequence
         and (g.type in ('RESUMED', 'RETRIED') or g.type = 'BRAKE_RELEASED' and (g.payload ->> 'goesOn')::boolean)), s.at) as went_on
     from migration_event s
     where s.migration_id = $1 and s.type in ('PAUSED', 'BRAKE_TRIPPED', 'FAILED')
   ), measure as (
     insert into migration_measure (migration_id, kind, items, run_seconds, verify_seconds)
     select id, kind, total_items,
       greatest(0, extract(epoch from written_at - started_at) - coalesce((select sum(extract(epoch from went_on - began))
         from pause where began >= started_at and went_on <= written_at), 0)),
       greatest(0, extract(epoch from finished_at - written_at))
     from ended where written_at is not null and started_at is not null and total_items > 0
     on conflict (migration_id) do nothing
   ), actual as (
     select t.processed, t.low_seconds, t.high_seconds,
       extract(epoch from u.until - t.made_at) - coalesce((select sum(extract(epoch from least(p.went_on, u.until) - p.began))
         from pause p where p.began >= t.made_at and p.began < u.until), 0) as seconds
     from ended e join migration_estimate t on t.migration_id = e.id
     cross join lateral (select case t.until when 'END' then e.finished_at else e.written_at end as until) u
   ), scored as (
     update migration_estimate t set actual_seconds = a.seconds,
       held = a.seconds between a.low_seconds and a.high_seconds
     from actual a where t.migration_id = $1 and t.processed = a.processed and t.actual_seconds is null
     returning 1
   )
   select count(*)::int as scored from scored`,
);
