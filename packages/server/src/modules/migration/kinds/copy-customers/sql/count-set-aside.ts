import { statement } from "../../../../../platform/database/statement.ts";
import { waitsToBePlannedAgainSql } from "./waits-to-be-planned-again.ts";

// People a run set aside who still wait to be planned again. $1 migration.
export const countSetAsideStatement = statement<{ count: number }>(
  "copyCustomers.countSetAside",
  `select count(*)::int as count from migration_item i where i.migration_id = $1 and ${waitsToBePlannedAgainSql("i")}`,
);
