import { statement } from "../../../../platform/database/statement.ts";

export const settleAttentionStatement = statement<{ state: string; open_attention_count: number }>(
  "migration.settleAttention",
  `update migration set
     open_attention_count = open_attention_count - $2,
     attention_count = attention_count - $3,
     successful_count = successful_count + $3,
     access_version = access_version + $4::boolean::int,
     state = case when state = 'COMPLETED_WITH_ATTENTION' and open_attention_count - $2 = 0 then 'COMPLETED' else state end
   where id = $1
   returning state, open_attention_count`,
);
