import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// The proof of every ended run is kept with it; what it could not explain is somebody who lost or gained access.
export const accessKeptStatement = statement<Violation>(
  "invariants.accessKept",
  `select format('migration %s (MR-%s)', m.id, m.number) as subject,
     format('the access proof left %s of %s lost and %s gained entries unexplained',
       m.proof ->> 'unexplained', m.proof ->> 'lost', m.proof ->> 'gained') as problem
   from migration m
   where (m.proof ->> 'unexplained')::int > 0
   union all
   select format('migration %s (MR-%s)', m.id, m.number), format('is %s without an access proof', m.state)
   from migration m where m.proof is null and m.state in ('COMPLETED', 'COMPLETED_WITH_ATTENTION')
   limit 21`,
);
