import { statement } from "../../../platform/database/statement.ts";

/** An audit entry as the driver gives it; `at` is text to the microsecond and is the cursor with the id. */
export interface AuditRow {
  id: string;
  at: string;
  actorAccountId: string | null;
  action: string;
  subjectType: string;
  subjectId: string | null;
  summary: string;
  before: unknown;
  after: unknown;
  sequence: string;
  hash: string;
}

/** The columns every reader of the log selects, named as in AuditRow. */
export const auditColumns = `
  e.id, e.at::text as at, e.actor_account_id as "actorAccountId", e.action, e.subject_type as "subjectType",
  e.subject_id as "subjectId", e.summary, e.before, e.after, e.sequence::text as sequence, encode(e.hash, 'hex') as hash`;

/** $1 organization, $2 search, $3 action, $4 subject, $5 actor, $6 from this time on, $7 before this one. */
export const auditFilterSql = `
  e.organization_id = $1
  and ($2::text is null or position(lower($2) in lower(e.summary || ' ' || e.action)) > 0)
  and ($3::text is null or e.action = $3)
  and ($4::uuid is null or e.subject_id = $4)
  and ($5::uuid is null or e.actor_account_id = $5)
  and ($6::timestamptz is null or e.at >= $6)
  and ($7::timestamptz is null or e.at < $7)`;

// Newest first on the index (organization_id, at, id). $8, $9: time and id of the last row seen; $10: page size plus one.
export const listEntriesStatement = statement<AuditRow>(
  "audit.listEntries",
  `select ${auditColumns} from audit_entry e
   where ${auditFilterSql}
     and ($8::timestamptz is null or (e.at, e.id) < ($8::timestamptz, $9::uuid))
   order by e.at desc, e.id desc
   limit $10`,
);
