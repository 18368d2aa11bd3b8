export { appendAuditEntry, type AuditRecord } from "./append-audit-entry.ts";
