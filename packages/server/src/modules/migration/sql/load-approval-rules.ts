import { statement } from "../../../platform/database/statement.ts";

export const loadApprovalRulesStatement = statement<{ organizationId: string; required: number }>(
  "migration.loadApprovalRules",
  `select id as "organizationId", case when second_approver_required then 2 else 1 end as required
   from organization where id = any($1::uuid[])`,
);
