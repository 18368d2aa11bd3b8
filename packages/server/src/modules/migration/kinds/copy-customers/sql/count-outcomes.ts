import { statement } from "../../../../../platform/database/statement.ts";
import type { PlanOutcomeCount } from "../../../kind.ts";

// The rows of the outcome table that occur, in its reading order: source type, then destination.
export const countOutcomesStatement = statement<PlanOutcomeCount>(
  "copyCustomers.countOutcomes",
  `select coalesce(source_type, 'NONE') as "sourceType", destination_state as "destinationState", type_after as "typeAfter",
     effect, planned_outcome as outcome, problem, next_step as "nextStep", count(*)::int as count
   from migration_item where migration_id = $1
   group by source_type, destination_state, type_after, effect, planned_outcome, problem, next_step
   order by source_type desc nulls last, destination_state, effect, type_after, problem nulls first, next_step`,
);
