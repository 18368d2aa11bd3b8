import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// Until a run starts nothing but its plan exists.
export const nothingBeforeStartStatement = statement<Violation>(
  "invariants.nothingBeforeStart",
  `select format('migration %s (MR-%s)', m.id, m.number) as subject, format('never started, but %s', found.what) as problem
   from migration m
   cross join lateral (
     select 'made the group ' || g.name as what from user_group g where g.migration_id = m.id
     union all
     (select format('kept what %s reached before', b.email) from access_before_person b where b.migration_id = m.id limit 1)
     union all
     select format('is at row %s', m.applied_ordinal) where m.applied_ordinal > 0
     union all
     (select format('row %s has an outcome', i.ordinal) from migration_item i where i.migration_id = m.id and i.outcome is not null limit 1)
   ) found
   where m.started_at is null
   limit 21`,
);
