import { statement } from "../../../../platform/database/statement.ts";

export const countOutcomesStatement = statement<{
  total: number;
  successful: number;
  attention: number;
  failed: number;
}>(
  "migration.countOutcomes",
  `select count(*)::int as total,
     count(*) filter (where outcome = 'SUCCESSFUL')::int as successful,
     count(*) filter (where outcome = 'REQUIRES_ATTENTION')::int as attention,
     count(*) filter (where outcome = 'FAILED')::int as failed
   from migration_item where migration_id = $1`,
);
