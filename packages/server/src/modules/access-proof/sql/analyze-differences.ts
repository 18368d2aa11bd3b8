import { statement } from "../../../platform/database/statement.ts";

// Pages are read right after a proof; without statistics they would sort everything instead of walking the index.
export const analyzeDifferencesStatement = statement(
  "accessProof.analyzeDifferences",
  `analyze access_difference`,
);
