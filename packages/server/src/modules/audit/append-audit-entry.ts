import type { StatementRunner } from "../../platform/database/statement.ts";
import { appendAuditEntryStatement } from "./sql/append-audit-entry.ts";

/** One privileged change. `action` is a dotted word such as `group.approve`; `summary` a sentence for people. */
export interface AuditRecord {
  organizationId: string;
  /** Null when the program itself acts, such as finishing a run. */
  actorAccountId: string | null;
  action: string;
  subjectType: string;
  subjectId: string | null;
  summary: string;
  before?: unknown;
  after?: unknown;
}

/** Writes the record in the caller's transaction, so that a change without its record cannot exist. */
export async function appendAuditEntry(em: StatementRunner, record: AuditRecord): Promise<void> {
  await appendAuditEntryStatement.run(em, [
    record.organizationId,
    record.actorAccountId,
    record.action,
    record.subjectType,
    record.subjectId,
    record.summary,
    record.before === undefined ? null : JSON.stringify(record.before),
    record.after === undefined ? null : JSON.stringify(record.after),
  ]);
}
