import { statement } from "../../../platform/database/statement.ts";
import { groupColumns, type GroupRow } from "./load-groups.ts";

// $1 organization; $2 sites whose admin may read (either end of the migration), null for all; $3 only those with
// pending members that can still be decided. Newest first; one group per run, so their number stays small.
export const listGroupsStatement = statement<GroupRow>(
  "groupReview.listGroups",
  `select ${groupColumns} from user_group g join migration m on m.id = g.migration_id
   where m.organization_id = $1
     and ($2::uuid[] is null or m.source_site_id = any($2) or m.destination_site_id = any($2))
     and (not $3::boolean or (g.review_state <> 'DECLINED' and exists (
       select 1 from user_group_member w where w.group_id = g.id and not w.approved)))
   order by g.id desc`,
);
