import { statement } from "../../../platform/database/statement.ts";

// $1 group, $2 new state, $3 who decided, $4 reason or null. An approval switches the role of the group on; nothing
// here switches it off, because members approved before keep it.
export const recordDecisionStatement = statement<{ id: string }>(
  "groupReview.recordDecision",
  `update user_group set review_state = $2::text, decided_by = $3, decided_at = clock_timestamp(), decision_reason = $4,
     grants_customer_role = grants_customer_role or $2::text <> 'DECLINED'
   where id = $1 and migration_id is not null
   returning id`,
);
