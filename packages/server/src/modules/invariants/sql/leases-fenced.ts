import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// A lease is taken by raising the migration's number; a holder without a number could not be fenced off.
export const leasesFencedStatement = statement<Violation>(
  "invariants.leasesFenced",
  `select format('migration %s (MR-%s)', m.id, m.number) as subject, format('is held by %s without a lease number', l.worker) as problem
   from migration_lease l join migration m on m.id = l.migration_id
   where m.lease_number < 1
   union all
   select format('migration %s (MR-%s)', m.id, m.number), format('the lease of %s ends before its last heartbeat', l.worker)
   from migration_lease l join migration m on m.id = l.migration_id
   where l.expires_at < l.beaten_at or l.beaten_at < l.taken_at
   limit 21`,
);
