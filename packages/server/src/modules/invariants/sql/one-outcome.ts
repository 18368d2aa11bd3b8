import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// Batches go in the order of the ordinals: at or below the cursor everybody has an outcome, above it nobody.
export const oneOutcomeStatement = statement<Violation>(
  "invariants.oneOutcome",
  `select format('migration %s item %s (row %s)', i.migration_id, i.id, i.ordinal) as subject,
     case when i.outcome is null then format('has no outcome although the run is at row %s', m.applied_ordinal)
       else format('has an outcome although the run is at row %s', m.applied_ordinal) end as problem
   from migration_item i join migration m on m.id = i.migration_id
   where (i.outcome is null) = (i.ordinal <= m.applied_ordinal)
   union all
   select format('migration %s (MR-%s)', m.id, m.number), format('has %s items up to row %s, but its plan says %s', items.count, items.last, m.total_items)
   from migration m
   cross join lateral (select count(*) as count, coalesce(max(ordinal), 0) as last from migration_item i where i.migration_id = m.id) items
   where items.count <> m.total_items or items.last <> m.total_items
   union all
   select format('migration %s (MR-%s)', m.id, m.number), format('is %s at row %s of %s', m.state, m.applied_ordinal, m.total_items)
   from migration m
   where m.state in ('VERIFYING', 'COMPLETED', 'COMPLETED_WITH_ATTENTION') and m.applied_ordinal <> m.total_items
   limit 21`,
);
