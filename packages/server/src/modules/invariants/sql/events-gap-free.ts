import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// Numbers are given by the migration's own row: they run from the first kept one to the last without a gap.
export const eventsGapFreeStatement = statement<Violation>(
  "invariants.eventsGapFree",
  `select format('migration %s (MR-%s)', m.id, m.number) as subject,
     format('keeps events %s to %s by its own account; the log has %s events, %s to %s', m.first_kept_sequence, m.last_sequence,
       e.count, e.first, e.last) as problem
   from migration m
   cross join lateral (
     select count(*) as count, min(sequence) as first, coalesce(max(sequence), 0) as last
     from migration_event e where e.migration_id = m.id
   ) e
   where e.last <> m.last_sequence or e.count <> m.last_sequence - m.first_kept_sequence + 1
     or (e.count > 0 and e.first <> m.first_kept_sequence)
   limit 21`,
);
