import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// What ran is what was approved, and what was approved is what the log says was planned.
export const planSealedStatement = statement<Violation>(
  "invariants.planSealed",
  `select format('migration %s (MR-%s)', m.id, m.number) as subject,
     format('is %s with plan %s, approved was %s', m.state, coalesce(left(m.plan_fingerprint, 12), 'none'),
       coalesce(left(m.approved_fingerprint, 12), 'none')) as problem
   from migration m
   where (m.state in ('APPROVED', 'RUNNING', 'PAUSED', 'VERIFYING', 'COMPLETED', 'COMPLETED_WITH_ATTENTION') or m.started_at is not null)
     and (m.approved_fingerprint is null or m.approved_by is null or m.plan_fingerprint is distinct from m.approved_fingerprint)
   union all
   select format('migration %s (MR-%s)', m.id, m.number), format('has plan %s, the log says %s', left(m.plan_fingerprint, 12), left(e.fingerprint, 12))
   from migration m
   cross join lateral (
     select e.payload ->> 'fingerprint' as fingerprint from migration_event e
     where e.migration_id = m.id and e.type = 'PLANNED' order by e.sequence desc limit 1
   ) e
   where m.plan_fingerprint is distinct from e.fingerprint
   limit 21`,
);
