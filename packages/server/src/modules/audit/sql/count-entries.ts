import { statement } from "../../../platform/database/statement.ts";
import { auditFilterSql } from "./list-entries.ts";

// Counts no further than $8, so that a long log costs no more than a short one.
export const countEntriesStatement = statement<{ count: number }>(
  "audit.countEntries",
  `select count(*)::int as count from (select 1 from audit_entry e where ${auditFilterSql} limit $8) counted`,
);
