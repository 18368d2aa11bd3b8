import { statement } from "../../../../platform/database/statement.ts";

// $1 migration, $2 rows done, $3 low and $4 high seconds, $5 what it reaches to, $6 basis.
export const insertEstimateStatement = statement(
  "migration.insertEstimate",
  `insert into migration_estimate (migration_id, processed, low_seconds, high_seconds, until, basis)
   values ($1, $2, $3, $4, $5, $6) on conflict (migration_id, processed) do nothing`,
);
