import { statement } from "../../../platform/database/statement.ts";

export const countMembersStatement = statement<{ groupId: string; members: number; pending: number }>(
  "groupReview.countMembers",
  `select g.id as "groupId",
     (select count(*)::int from user_group_member m where m.group_id = g.id) as members,
     (select count(*)::int from user_group_member m where m.group_id = g.id and not m.approved) as pending
   from unnest($1::uuid[]) as g(id)`,
);
