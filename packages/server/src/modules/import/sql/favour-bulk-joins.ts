import { statement } from "../../../platform/database/statement.ts";

// Rows that were just copied are not in the planner's statistics: it expects a handful and would look up a
// million people one by one. Until the transaction ends, joins go over whole sets.
export const favourBulkJoinsStatement = statement(
  "import.favourBulkJoins",
  `set local enable_nestloop = off`,
);
