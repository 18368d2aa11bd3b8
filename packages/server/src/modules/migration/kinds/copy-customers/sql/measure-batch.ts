import { statement } from "../../../../../platform/database/statement.ts";
import type { BrakeCounts } from "../../../kind.ts";
import { brakeConditions } from "./brake-conditions.ts";

const counts = Object.entries(brakeConditions).map(
  ([brake, condition]) => `count(*) filter (where ${condition})::int as "${brake}"`,
);

// One look at the batch's own items, which are in memory from the update before.
// $1 migration, $2 after ordinal, $3 up to ordinal.
export const measureBatchStatement = statement<BrakeCounts>(
  "copyCustomers.measureBatch",
  `select ${counts.join(", ")}
   from migration_item i
   where i.migration_id = $1 and i.ordinal > $2 and i.ordinal <= $3 and i.outcome is not null`,
);
