import { statement } from "../../../platform/database/statement.ts";

export const skipItemStatement = statement<{ ordinal: number; email: string }>(
  "migration.skipItem",
  `update migration_item set resolution = 'SKIPPED', resolved_at = clock_timestamp(), resolved_by = $3
   where migration_id = $1 and id = $2 and outcome = 'REQUIRES_ATTENTION' and resolved_at is null and undone_at is null
   returning ordinal, coalesce(email, raw_email) as email`,
);
