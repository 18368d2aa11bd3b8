import { statement } from "../../../platform/database/statement.ts";

// $1 organization, $2 sites the viewer administers, null for all of them.
export const countWaitingGroupsStatement = statement<{ count: number }>(
  "groupReview.countWaitingGroups",
  `select count(*)::int as count
   from user_group g join site s on s.id = g.site_id
   where s.organization_id = $1 and ($2::uuid[] is null or g.site_id = any($2))
     and g.migration_id is not null and g.review_state <> 'DECLINED'
     and exists (select 1 from user_group_member w where w.group_id = g.id and not w.approved)`,
);
