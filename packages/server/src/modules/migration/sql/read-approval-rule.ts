import { statement } from "../../../platform/database/statement.ts";

// Locked against change: an approval counts by the rule that stands when it commits. $1 organization.
export const readApprovalRuleStatement = statement<{ required: number }>(
  "migration.readApprovalRule",
  `select case when second_approver_required then 2 else 1 end as required from organization where id = $1 for share`,
);
