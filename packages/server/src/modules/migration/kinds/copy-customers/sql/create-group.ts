import { statement } from "../../../../../platform/database/statement.ts";

// No group for nobody, and no second one when the run is started again: then no row comes back.
// The name was found free in this transaction; should another take it first, the unique index stops the start.
export const createGroupStatement = statement<{ id: string; members: number }>(
  "copyCustomers.createGroup",
  `with member as (
     select count(*)::int as count from migration_item where migration_id = $1 and joins_group
   ), created as (
     insert into user_group (site_id, name, grants_customer_role, migration_id, review_state)
     select $2, $3, false, $1, 'PENDING' from member where member.count > 0
     on conflict (migration_id) do nothing
     returning id
   )
   select created.id, member.count as members from created, member`,
);
