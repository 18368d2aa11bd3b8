import { statement } from "../../../platform/database/statement.ts";

// $1 migration, $2 the computation that stays.
export const forgetDifferencesStatement = statement(
  "accessProof.forgetDifferences",
  `delete from access_difference where migration_id = $1 and computation <> $2`,
);
