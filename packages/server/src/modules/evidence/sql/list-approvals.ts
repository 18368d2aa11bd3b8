import { statement } from "../../../platform/database/statement.ts";
import type { EvidenceApproval } from "../manifest.ts";

// At most a handful: one per approver of the plan there is. $1 migration.
export const listApprovalsStatement = statement<EvidenceApproval>(
  "evidence.listApprovals",
  `select p.ordinal, p.fingerprint, p.required, jsonb_build_object('id', a.id, 'name', a.name, 'email', a.email) as by,
     to_char(p.approved_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, p.shown_digest as "shownDigest", p.shown
   from migration_approval p join account a on a.id = p.approved_by
   where p.migration_id = $1 order by p.ordinal`,
);
