import { statement } from "../../../platform/database/statement.ts";
import { memberFilterSql } from "./list-members.ts";

export const countMatchingMembersStatement = statement<{ count: number }>(
  "groupReview.countMatchingMembers",
  `select count(*)::int as count from user_group_member m join account a on a.id = m.account_id
   where ${memberFilterSql}`,
);
