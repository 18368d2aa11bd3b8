import { statement } from "../../../platform/database/statement.ts";
import { auditTextSql, noHashSql } from "../audit-text.ts";
import { auditFilterSql } from "./list-entries.ts";

/** An entry with its place in the chain: what an export gives of it. */
export interface SealedRow {
  sequence: string;
  at: string;
  actorId: string | null;
  actorEmail: string | null;
  action: string;
  subjectType: string;
  subjectId: string | null;
  summary: string;
  before: unknown;
  after: unknown;
  previousHash: string;
  hash: string;
  /** SHA-256 over the bytes of the previous hash and then this text, in UTF-8, is the hash. */
  text: string;
}

// In the order of the chain, on the index (organization_id, sequence). $1 to $7: the filter; $8: number of the last entry seen; $9: how many.
export const listSealedStatement = statement<SealedRow>(
  "audit.listSealed",
  `select e.sequence::text as sequence, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
     e.actor_account_id as "actorId", a.email as "actorEmail", e.action, e.subject_type as "subjectType", e.subject_id as "subjectId",
     e.summary, e.before, e.after, encode(coalesce(p.hash, ${noHashSql}), 'hex') as "previousHash", encode(e.hash, 'hex') as hash, ${auditTextSql} as text
   from audit_entry e
   left join account a on a.id = e.actor_account_id
   left join audit_entry p on p.organization_id = e.organization_id and p.sequence = e.sequence - 1
   where ${auditFilterSql} and e.sequence > $8::bigint
   order by e.sequence
   limit $9`,
);
