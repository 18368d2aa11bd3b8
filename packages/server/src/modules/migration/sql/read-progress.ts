import { statement } from "../../../platform/database/statement.ts";

/** Speed of the latest batches of a run: people and seconds between the first and the last of them. */
export interface RecentRate {
  people: number;
  seconds: number;
  batches: number;
  secondsSinceLastEvent: number;
}

// The last 20 batches tell the present speed; the first of them only gives the starting moment.
export const readProgressStatement = statement<RecentRate>(
  "migration.readProgress",
  `with batches as (
     select at, (payload ->> 'to')::int - (payload ->> 'from')::int + 1 as people,
       row_number() over (order by sequence) as place
     from (
       select sequence, at, payload from migration_event
       where migration_id = $1 and type = 'BATCH_APPLIED' order by sequence desc limit 20
     ) latest
   )
   select coalesce(sum(people) filter (where place > 1), 0)::int as people,
     coalesce(extract(epoch from max(at) - min(at)), 0)::float as seconds,
     count(*)::int as batches,
     coalesce(extract(epoch from clock_timestamp() - (
       select max(at) from migration_event where migration_id = $1)), 0)::float as "secondsSinceLastEvent"
   from batches`,
);
