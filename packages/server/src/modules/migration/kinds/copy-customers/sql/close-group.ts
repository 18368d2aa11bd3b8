import { statement } from "../../../../../platform/database/statement.ts";

// The group was made by the run, so it goes when nobody is left in it. It stays for people the run has yet to add,
// unless everything was undone; a group without anybody waiting is fully approved. $1 migration, $2 everything.
export const closeGroupStatement = statement<{ name: string }>(
  "copyCustomers.closeGroup",
  `with own as materialized (
     select g.id, exists (select 1 from user_group_member m where m.group_id = g.id) as has_members,
       exists (select 1 from user_group_member m where m.group_id = g.id and not m.approved) as has_pending,
       exists (select 1 from migration_item i where i.migration_id = $1 and i.joins_group and i.outcome is null) as expects_more
     from user_group g where g.migration_id = $1
   ), settled as (
     update user_group g set review_state = 'APPROVED' from own
     where g.id = own.id and own.has_members and not own.has_pending and not own.expects_more
       and g.review_state = 'PARTLY_APPROVED'
     returning 1
   )
   delete from user_group g using own
   where g.id = own.id and not own.has_members and ($2::boolean or not own.expects_more)
   returning g.name`,
);
