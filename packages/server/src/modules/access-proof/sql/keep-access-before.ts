import { statement } from "../../../platform/database/statement.ts";

// Everyone in the run, however the destination knows them. Kept once: a second start of the run changes nothing,
// since what people reached before it can only be read before it.
export const keepAccessBeforeStatement = statement(
  "accessProof.keepAccessBefore",
  `insert into access_before (migration_id, email, resource, permission)
   select $1, e.email, e.resource, e.permission
   from effective_access e
   where e.site_id = $2 and e.email in (select i.email from migration_item i where i.migration_id = $1)
     and not exists (select 1 from access_before b where b.migration_id = $1)`,
);
