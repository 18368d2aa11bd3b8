import { statement } from "../../../../../platform/database/statement.ts";
import type { BatchResult } from "../../../kind.ts";

export const countBatchStatement = statement<BatchResult>(
  "copyCustomers.countBatch",
  `select count(*) filter (where outcome = 'SUCCESSFUL')::int as successful,
     count(*) filter (where outcome = 'REQUIRES_ATTENTION')::int as "requiresAttention",
     count(*) filter (where outcome = 'FAILED')::int as failed
   from migration_item where migration_id = $1 and ordinal > $2 and ordinal <= $3`,
);
