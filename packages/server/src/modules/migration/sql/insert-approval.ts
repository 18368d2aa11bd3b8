import { statement } from "../../../platform/database/statement.ts";

// $1 migration, $2 fingerprint, $3 what was shown, $4 its digest, $5 approvers required, $6 who approves. The caller
// holds the migration's row, so two approvers never take one ordinal.
export const insertApprovalStatement = statement<{ ordinal: number }>(
  "migration.insertApproval",
  `insert into migration_approval (migration_id, ordinal, fingerprint, shown, shown_digest, required, approved_by)
   select $1::uuid, coalesce(max(a.ordinal), 0) + 1, $2, $3::jsonb, $4, $5, $6
   from migration_approval a where a.migration_id = $1
   returning ordinal`,
);
