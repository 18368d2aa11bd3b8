import type { StatementRunner } from "../../platform/database/statement.ts";
import { toAuditEntry } from "./audit-entry.ts";
import type { AuditEntryType } from "./audit.types.ts";
import { loadHistoryStatement } from "./sql/load-history.ts";

/** Entries of one subject that a profile shows at most. */
const longestHistory = 50;

/**
 * The newest entries about each subject, newest first, from the logs of these organizations only.
 * Who may read them is for the caller to decide. Subjects without entries are absent.
 */
export async function loadHistory(
  em: StatementRunner,
  subjectIds: readonly string[],
  organizationIds: readonly string[],
): Promise<Map<string, AuditEntryType[]>> {
  const rows = await loadHistoryStatement.run(em, [subjectIds, organizationIds, longestHistory]);
  const history = new Map<string, AuditEntryType[]>();
  for (const row of rows) {
    history.set(row.subjectId, [...(history.get(row.subjectId) ?? []), toAuditEntry(row)]);
  }
  return history;
}
