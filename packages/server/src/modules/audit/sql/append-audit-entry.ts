import { statement } from "../../../platform/database/statement.ts";

export const appendAuditEntryStatement = statement(
  "audit.appendAuditEntry",
  `insert into audit_entry (organization_id, actor_account_id, action, subject_type, subject_id, summary, before, after)
   values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb)`,
);
