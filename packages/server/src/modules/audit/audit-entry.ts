import type { AuditEntryType } from "./audit.types.ts";
import type { AuditRow } from "./sql/list-entries.ts";

/** The GraphQL object of a stored entry. */
export function toAuditEntry(row: AuditRow): AuditEntryType {
  return {
    id: row.id,
    at: new Date(row.at),
    actorAccountId: row.actorAccountId,
    action: row.action,
    subjectType: row.subjectType,
    subjectId: row.subjectId,
    summary: row.summary,
    before: row.before,
    after: row.after,
    sequence: Number(row.sequence),
    hash: row.hash,
  };
}
