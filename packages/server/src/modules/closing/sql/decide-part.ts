import { statement } from "../../../platform/database/statement.ts";

/** $1 part, $2 state after it, $3 who decides, $4 their words or null, $5 everybody who could. No row when it was decided before. */
export const decidePartStatement = statement<{ id: string }>(
  "closing.decidePart",
  `update account_closing_part
   set state = $2, decided_by = $3, decision_reason = $4, deciders = $5::uuid[], decided_at = now()
   where id = $1 and state = 'PENDING'
   returning id`,
);
