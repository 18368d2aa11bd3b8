import { statement } from "../../../platform/database/statement.ts";

// Rows that were just copied are not in the planner's statistics: it expects a handful and would look up a
// million people one by one. Until the transaction ends, joins go over whole sets. For the same reason lists are
// unnested in the select list: a lateral join can only be a nested loop, and its penalty drowns every other cost.
export const favourBulkJoinsStatement = statement(
  "import.favourBulkJoins",
  `set local enable_nestloop = off`,
);
