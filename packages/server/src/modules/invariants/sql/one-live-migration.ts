import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// The unique index holds this; found here when it is missing or broken.
export const oneLiveMigrationStatement = statement<Violation>(
  "invariants.oneLiveMigration",
  `select format('source site %s, destination site %s', m.source_site_id, m.destination_site_id) as subject,
     format('has %s live migrations: %s', count(*), string_agg('MR-' || m.number, ', ' order by m.number)) as problem
   from migration m
   where m.state in ('APPROVED', 'RUNNING', 'PAUSED', 'VERIFYING', 'UNDOING')
   group by m.source_site_id, m.destination_site_id having count(*) > 1
   limit 21`,
);
