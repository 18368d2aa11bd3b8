import { statement } from "../../../platform/database/statement.ts";
import { auditFilterSql } from "./list-entries.ts";

/** What the planner expects to find, from its statistics. */
export interface PlannedRows {
  "QUERY PLAN": [{ Plan: { "Plan Rows": number } }];
}

export const estimateEntriesStatement = statement<PlannedRows>(
  "audit.estimateEntries",
  `explain (format json) select 1 from audit_entry e where ${auditFilterSql}`,
);
