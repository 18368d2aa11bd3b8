import { statement } from "../../../../platform/database/statement.ts";

/** A recorded step of a run: people and seconds of a batch, or the beginning of the comparison of access. */
export interface RecordedStep {
  type: "BATCH_APPLIED" | "VERIFYING";
  people: number;
  /** Since the step before it or since the run went on: a pause is in no stretch. */
  seconds: number;
  /** Seconds ago. */
  age: number;
}

// The last 60 events tell the present speed and bound the work however long the run is. Oldest first.
export const listPacesStatement = statement<RecordedStep>(
  "migration.listPaces",
  `with latest as (
     select sequence, type, at, payload from migration_event where migration_id = $1 order by sequence desc limit 60
   ), step as (
     select sequence, type, at, payload, lag(at) over (order by sequence) as before from latest
     where type in ('STARTED', 'GROUP_CREATED', 'BATCH_APPLIED', 'RESUMED', 'BRAKE_RELEASED', 'RETRIED', 'VERIFYING')
   )
   select type, coalesce((payload ->> 'to')::int - (payload ->> 'from')::int + 1, 0) as people,
     extract(epoch from at - before)::float as seconds, extract(epoch from clock_timestamp() - at)::float as age
   from step where before is not null and type in ('BATCH_APPLIED', 'VERIFYING') order by sequence`,
);
