import { statement } from "../../../platform/database/statement.ts";
import { anyPresentSql, isPresentSql } from "../../../platform/jobs/presence.ts";

/** What is known of a migration that should be moving. */
export interface Quiet {
  /** When it last told something, and how long ago that is. */
  since: string;
  seconds: number;
  /** Since the present worker took over or recorded something. */
  workerSeconds: number;
  /** Whether a worker with a living lease is at it; a lease it lost says it was one before. */
  held: boolean;
  left: boolean;
  /** Whether any worker of this database lives. */
  anyWorker: boolean;
  /** What went wrong since it last told something. */
  error: string | null;
}

// Only for the states in which the engine acts; the last event is found by its number. $1 migration.
export const readQuietStatement = statement<Quiet>(
  "migration.readQuiet",
  `select e.at as since, extract(epoch from clock_timestamp() - e.at)::float8 as seconds,
     extract(epoch from clock_timestamp() - greatest(e.at, m.progressed_at))::float8 as "workerSeconds",
     coalesce(l.expires_at > clock_timestamp() and ${isPresentSql("l.presence")}, false) as held,
     l.migration_id is not null as left, ${anyPresentSql} as "anyWorker",
     (select t.error from migration_trouble t where t.migration_id = m.id and t.at > e.at) as error
   from migration m
   join migration_event e on e.migration_id = m.id and e.sequence = m.last_sequence
   left join migration_lease l on l.migration_id = m.id
   where m.id = $1 and m.state in ('CHECKING', 'RUNNING', 'VERIFYING', 'UNDOING')`,
);
