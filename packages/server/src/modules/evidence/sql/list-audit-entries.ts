import { statement } from "../../../platform/database/statement.ts";

/** An audit entry about the migration; `at` to the microsecond. */
export interface EvidenceAuditEntry {
  id: string;
  at: string;
  actorId: string | null;
  actorEmail: string | null;
  action: string;
  summary: string;
  before: unknown;
  after: unknown;
  /** Its place in the organization's audit log, and the hex SHA-256 over the entry before it and its own text. */
  sequence: string;
  hash: string;
}

// Oldest first on the index (organization_id, subject_id, at, id). $1 organization, $2 migration, $3 and $4: time and
// id of the last entry seen, $5 page size.
export const listAuditEntriesStatement = statement<EvidenceAuditEntry>(
  "evidence.listAuditEntries",
  `select e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.actor_account_id as "actorId",
     a.email as "actorEmail", e.action, e.summary, e.before, e.after,
     e.sequence::text as sequence, encode(e.hash, 'hex') as hash
   from audit_entry e left join account a on a.id = e.actor_account_id
   where e.organization_id = $1 and e.subject_id = $2
     and ($3::timestamptz is null or (e.at, e.id) > ($3::timestamptz, $4::uuid))
   order by e.at, e.id limit $5`,
);
