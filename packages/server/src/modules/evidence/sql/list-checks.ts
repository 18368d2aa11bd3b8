import { statement } from "../../../platform/database/statement.ts";

// A dozen at most. $1 migration.
export const listChecksStatement = statement<{ check: unknown }>(
  "evidence.listChecks",
  `select to_jsonb(c) - 'migration_id' as check from migration_check c where c.migration_id = $1 order by c.ordinal`,
);
