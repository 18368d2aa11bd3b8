import { statement } from "../../../platform/database/statement.ts";

// Skip locked: who is applying holds the row, and needs no help.
export const findUnfinishedAppliesStatement = statement<{ id: string }>(
  "import.findUnfinishedApplies",
  `select id from import_file where state = 'APPLYING' order by id for update skip locked`,
);
