export { appendAuditEntry, type AuditRecord } from "./append-audit-entry.ts";
export { auditLogKept } from "./audit-log-kept.ts";
export { auditTextSql, noHashSql } from "./audit-text.ts";
export { mountAuditRoute } from "./audit.route.ts";
export { AuditTailResolver } from "./audit-tail.resolver.ts";
export { AuditResolver } from "./audit.resolver.ts";
export { AuditEntryType } from "./audit.types.ts";
export { loadHistory } from "./load-history.ts";
export { warnIfChangeable } from "./warn-if-changeable.ts";
