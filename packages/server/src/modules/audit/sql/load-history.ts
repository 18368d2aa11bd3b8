import { statement } from "../../../platform/database/statement.ts";
import { auditColumns, type AuditRow } from "./list-entries.ts";

// $1: subjects, $2: organizations whose log may be read, $3: how many entries of each subject, newest first.
export const loadHistoryStatement = statement<AuditRow & { subjectId: string }>(
  "audit.loadHistory",
  `select entry.* from unnest($1::uuid[]) as subject(id)
   cross join lateral (
     select ${auditColumns} from audit_entry e
     where e.organization_id = any($2::uuid[]) and e.subject_id = subject.id
     order by e.at desc, e.id desc
     limit $3
   ) entry`,
);
