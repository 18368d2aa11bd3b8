import { statement } from "../../../../platform/database/statement.ts";

export const releaseLeaseStatement = statement(
  "migration.releaseLease",
  `delete from migration_lease where migration_id = $1 and worker = $2`,
);
