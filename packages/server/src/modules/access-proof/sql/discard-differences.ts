import { statement } from "../../../platform/database/statement.ts";

export const discardDifferencesStatement = statement(
  "accessProof.discardDifferences",
  `delete from access_difference where migration_id = $1 and computation = $2`,
);
