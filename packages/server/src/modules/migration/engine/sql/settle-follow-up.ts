import { statement } from "../../../../platform/database/statement.ts";

// $1 migration, $2 people who left its queue, $3 of them now successful, $4 rows that had failed and now are successful.
// The proof is computed again: these people reach more on the destination than the run itself gave them.
export const settleFollowUpStatement = statement<{ state: string }>(
  "migration.settleFollowUp",
  `update migration set
     open_attention_count = open_attention_count - $2,
     attention_count = attention_count - $3,
     failed_count = failed_count - $4,
     successful_count = successful_count + $3 + $4,
     access_version = access_version + 1,
     state = case when state = 'COMPLETED_WITH_ATTENTION' and open_attention_count - $2 = 0 then 'COMPLETED' else state end
   where id = $1
   returning state`,
);
