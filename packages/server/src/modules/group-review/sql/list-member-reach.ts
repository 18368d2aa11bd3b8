import { statement } from "../../../platform/database/statement.ts";
import { reachWithRole } from "./reach-with-role.ts";

// $1 groups, $2 accounts: parallel arrays. Members who are deactivated on the site reach nothing either way.
export const listMemberReachStatement = statement<{
  groupId: string;
  accountId: string;
  projects: string[];
  requests: number;
}>(
  "groupReview.listMemberReach",
  `with member as (
     select g.id as group_id, g.site_id, sa.account_id
     from unnest($1::uuid[], $2::uuid[]) as k (group_id, account_id)
     join user_group g on g.id = k.group_id
     join site_account sa on sa.site_id = g.site_id and sa.account_id = k.account_id and sa.active
   ), ${reachWithRole}
   select m.group_id as "groupId", m.account_id as "accountId",
     array(select p.key from project_after p
       where p.group_id = m.group_id and p.account_id = m.account_id order by p.key) as projects,
     (select count(*)::int from request_after r
       where r.group_id = m.group_id and r.account_id = m.account_id) as requests
   from member m`,
);
