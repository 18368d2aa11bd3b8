import { statement } from "../../../platform/database/statement.ts";

// At the start of a run, before its first batch: from here on everything is journaled. $1 migration.
export const beginJournalStatement = statement(
  "migration.beginJournal",
  "update migration set journaled = true where id = $1",
);
