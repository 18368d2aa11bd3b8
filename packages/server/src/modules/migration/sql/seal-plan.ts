import { statement } from "../../../platform/database/statement.ts";

export const sealPlanStatement = statement<{ id: string }>(
  "migration.sealPlan",
  `update migration set state = 'APPROVED', approved_fingerprint = plan_fingerprint, approved_by = $2, approved_at = clock_timestamp()
   where id = $1 and state = 'PLANNED' and plan_fingerprint = $3 returning id`,
);
