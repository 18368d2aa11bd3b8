/**
 * What of the audit log the program's role may do: read it, and add entries that the database then seals. Owned by
 * another role where the program provisions the database itself; docs/operations.md has the same for other databases.
 */
export const auditLogKept = {
  tables: {
    audit_entry:
      "select, insert (id, organization_id, at, actor_account_id, action, subject_type, subject_id, summary, before, after)",
    audit_chain: "select",
  },
  functions: [
    "audit_entry_text(audit_entry, bigint)",
    "seal_audit_log()",
    "seal_audit_entries()",
    "refuse_audit_change()",
  ],
} as const;
