import { statement } from "../../../platform/database/statement.ts";

// $1 group, $2 accounts, repeats and strangers included.
export const checkMembersStatement = statement<{ asked: number; members: number; pending: number }>(
  "groupReview.checkMembers",
  `select count(distinct asked.id)::int as asked, count(distinct m.account_id)::int as members,
     (count(distinct m.account_id) filter (where not m.approved))::int as pending
   from unnest($2::uuid[]) as asked(id)
   left join user_group_member m on m.group_id = $1 and m.account_id = asked.id`,
);
