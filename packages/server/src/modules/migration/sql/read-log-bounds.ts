import { statement } from "../../../platform/database/statement.ts";

/** The numbers between which a log is whole: every event from the oldest to the newest is there. */
export interface LogBounds {
  /** One more than the newest when no event is kept at all. */
  oldest: number;
  newest: number;
}

// The oldest is read from the log itself, through its key: whoever removes old events has nothing else to keep right.
export const readLogBoundsStatement = statement<LogBounds>(
  "migration.readLogBounds",
  `select last_sequence::int as newest,
     coalesce((select e.sequence from migration_event e where e.migration_id = m.id order by e.sequence limit 1),
       last_sequence + 1)::int as oldest
   from migration m where id = $1`,
);
