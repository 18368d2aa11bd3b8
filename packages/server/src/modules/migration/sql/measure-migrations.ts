import { statement } from "../../../platform/database/statement.ts";

/** The migrations of all organizations, counted. Ages are seconds. */
export interface MigrationMeasures {
  states: Record<string, number>;
  /** Age of the last sign of progress of the migration that waits longest for the engine; 0 when none waits. */
  waiting: number;
  leases: number;
  /** Age of the oldest heartbeat; 0 without a lease. */
  leaseAge: number;
  proofsPassed: number;
  proofsFailed: number;
  proofsStale: number;
}

// A few index reads per working
// migration; the ended ones are only counted.
export const measureMigrationsStatement = statement<MigrationMeasures>(
  "migration.measureMigrations",
  `with working as materialized (
     select extract(epoch from clock_timestamp() - coalesce(
       (select e.at from migration_event e where e.migration_id = m.id order by e.sequence desc limit 1), m.created_at))::float as age
     from migration m where m.state in ('CHECKING', 'RUNNING', 'VERIFYING')
   )
   select coalesce((select jsonb_object_agg(state, count) from (select state, count(*) from migration group by state) s), '{}') as states,
     coalesce((select max(age) from working), 0) as waiting,
     (select count(*)::int from migration_lease) as leases,
     coalesce((select extract(epoch from clock_timestamp() - min(beaten_at))::float from migration_lease), 0) as "leaseAge",
     p.passed as "proofsPassed", p.failed as "proofsFailed", p.stale as "proofsStale"
   from (
     select count(*) filter (where access_version <= proven_version and (proof ->> 'unexplained')::int = 0)::int as passed,
       count(*) filter (where access_version <= proven_version and (proof ->> 'unexplained')::int > 0)::int as failed,
       count(*) filter (where access_version > proven_version)::int as stale
     from migration where proof is not null
   ) p`,
);
