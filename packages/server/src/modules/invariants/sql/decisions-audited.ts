import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// Every decision in a migration's log that names a person has its entry in the audit log. $1: (event type, audit action) as JSON.
export const decisionsAuditedStatement = statement<Violation>(
  "invariants.decisionsAudited",
  `with named as materialized (
     select n ->> 0 as type, n ->> 1 as action from jsonb_array_elements($1::jsonb) n
   ), decided as (
     select e.migration_id, n.action, count(*) as events
     from migration_event e join named n on n.type = e.type
     where e.payload ? 'by' or e.type in ('COMPLETED', 'UPGRADED', 'SKIPPED')
     group by 1, 2
   )
   select format('migration %s (MR-%s)', m.id, m.number) as subject, format('has %s events of %s and %s audit entries', d.events, d.action, a.entries) as problem
   from decided d join migration m on m.id = d.migration_id
   cross join lateral (
     select count(*) as entries from audit_entry a
     where a.organization_id = m.organization_id and a.subject_id = m.id and a.action = d.action
   ) a
   where a.entries < d.events
   limit 21`,
);
