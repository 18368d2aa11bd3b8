import { statement } from "../../../platform/database/statement.ts";

export const dropApprovalsStatement = statement<{ ordinal: number }>(
  "migration.dropApprovals",
  `delete from migration_approval where migration_id = $1 returning ordinal`,
);
