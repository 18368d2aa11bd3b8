import { statement } from "../../../../platform/database/statement.ts";

export const savePlanStatement = statement<{ id: string }>(
  "migration.savePlan",
  `update migration set state = 'PLANNED', plan_summary = $2::jsonb, plan_fingerprint = $2::jsonb ->> 'fingerprint',
     plan_input_digest = $3, total_items = ($2::jsonb ->> 'totalItems')::int, planned_at = clock_timestamp(), failure = null,
     approved_at = null, approved_by = null, approved_fingerprint = null
   where id = $1 and state = 'CHECKING' returning id`,
);
