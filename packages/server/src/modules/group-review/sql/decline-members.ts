import { statement } from "../../../platform/database/statement.ts";

// $1 group, $2 migration, $3 who declined. The items of pending members keep requiring attention, with another
// problem and next step, and leave the queue; skipped ones left it before. One row, also when there is nothing to do.
export const declineMembersStatement = statement<{ resolved: number }>(
  "groupReview.declineMembers",
  `with pending as materialized (
     select account_id from user_group_member where group_id = $1 and not approved
   ), waiting as materialized (
     select i.ordinal
     from migration_item i
     join pending p on p.account_id = coalesce(i.destination_account_id, i.source_account_id)
     where i.migration_id = $2 and i.joins_group and i.outcome = 'REQUIRES_ATTENTION' and i.resolved_at is null and i.undone_at is null
   ), settled as (
     update migration_item i set problem = 'CUSTOMER_ROLE_DECLINED', next_step = 'ASK_SITE_ADMIN',
       resolution = 'DECLINED', resolved_at = clock_timestamp(), resolved_by = $3
     from waiting w
     where i.migration_id = $2 and i.ordinal = w.ordinal
     returning i.ordinal
   )
   select count(*)::int as resolved from settled`,
);
