export { appendAuditEntry, type AuditRecord } from "./append-audit-entry.ts";
export { AuditResolver } from "./audit.resolver.ts";
export { AuditEntryType } from "./audit.types.ts";
export { loadHistory } from "./load-history.ts";
