import { statement } from "../../../../../platform/database/statement.ts";

// Locked in the order of the plan, so that two upgrades of overlapping selections queue instead of deadlocking;
// the one that waited reads the settled row again and no longer finds it open. $1 migration, $2 item ids.
export const lockOpenDuplicatesStatement = statement<{ id: string; portalCustomerId: string }>(
  "copyCustomers.lockOpenDuplicates",
  `select i.id, i.destination_portal_customer_id as "portalCustomerId"
   from migration_item i
   where i.migration_id = $1 and i.id = any($2::uuid[])
     and i.outcome = 'REQUIRES_ATTENTION' and i.resolved_at is null and i.undone_at is null
     and i.next_step in ('UPGRADE', 'UPGRADE_THEN_COPY_AGAIN')
   order by i.ordinal
   for update`,
);
