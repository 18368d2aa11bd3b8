import { statement } from "../../../platform/database/statement.ts";
import type { Swept } from "../swept.ts";

// $1: most events, $2: days. One migration at a time, its oldest events first. The event that ended it and what came
// later stay for good: they say how it stands, and people settle what it left open. The log says where it starts.
export const sweepEventsStatement = statement<Swept>(
  "retention.sweepEvents",
  `with ended as materialized (
     select m.id, m.first_kept_sequence as first, m.finished_at
     from migration m
     where m.state in ('COMPLETED', 'CANCELLED', 'UNDONE') and m.finished_at < now() - make_interval(days => $2::int)
       and exists (select from migration_event e
         where e.migration_id = m.id and e.sequence = m.first_kept_sequence and e.at < m.finished_at)
     order by m.id limit 1 for update skip locked
   ), bounded as (
     select d.id, least(d.first + $1::int, (
       select min(e.sequence) from migration_event e where e.migration_id = d.id and e.at >= d.finished_at)) as first
     from ended d
   ), moved as (
     update migration m set first_kept_sequence = b.first from bounded b
     where m.id = b.id and b.first > m.first_kept_sequence returning m.id, m.first_kept_sequence
   ), gone as (
     delete from migration_event e using moved v where e.migration_id = v.id and e.sequence < v.first_kept_sequence returning 1
   )
   select count(*)::int as swept from gone`,
);
