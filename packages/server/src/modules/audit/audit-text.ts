/**
 * The text of an entry that its hash is over, as an expression on `audit_entry e`: what the database's own function
 * `audit_entry_text` gives, written out a second time so that a verification does not ask who is being verified.
 */
export const auditTextSql = `jsonb_build_array(1, e.organization_id, e.sequence, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    e.actor_account_id, e.action, e.subject_type, e.subject_id, e.summary, e.before, e.after)::text`;

/** The hash before the first entry of an organization. */
export const noHashSql = `decode(repeat('00', 32), 'hex')`;
