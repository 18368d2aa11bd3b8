import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// Leases, windows and entries carry the time of the database, so none of them lies ahead of it.
export const databaseClockStatement = statement<Violation>(
  "invariants.databaseClock",
  `select format('migration %s (MR-%s)', m.id, m.number) as subject, format('the lease of %s was beaten in the future, %s', l.worker, l.beaten_at) as problem
   from migration_lease l join migration m on m.id = l.migration_id where l.beaten_at > clock_timestamp()
   union all
   select format('migration %s event %s', e.migration_id, e.sequence), format('happened in the future, %s', e.at)
   from migration_event e where e.at > clock_timestamp()
   union all
   select format('audit entry %s', a.id), format('happened in the future, %s', a.at)
   from audit_entry a where a.at > clock_timestamp()
   union all
   select format('rate limit %s', r.key), format('counts from the future, %s', r.window_started_at)
   from auth_rate_limit r where r.window_started_at > clock_timestamp()
   limit 21`,
);
