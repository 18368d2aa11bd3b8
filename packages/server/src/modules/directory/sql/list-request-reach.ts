import { statement } from "../../../platform/database/statement.ts";
import { identityReach } from "./identity-reach.ts";

/** A request one identity reported or takes part in; `ordinal` is the place of the identity in the input, from 1. */
export interface RequestReachRow {
  ordinal: number;
  key: string;
  summary: string;
  projectKey: string;
  reachable: boolean;
  relation: string;
  createdAt: string;
}

// $1–$3 as in identityReach; $4: how many each, newest first. Every row is the identity's own as reporter or
// participant, so it is reached exactly when its project is.
export const listRequestReachStatement = statement<RequestReachRow>(
  "directory.listRequestReach",
  `with ${identityReach}
   select k.ordinal::int, r.key, r.summary, sp.key as "projectKey", r.relation, r.created_at::text as "createdAt",
     exists (select 1 from reach where reach.ordinal = k.ordinal and reach.project_id = r.project_id) as reachable
   from asked k
   cross join lateral (
     select mine.* from (
       select q.*, 'Reporter' as relation from request q
       where q.site_id = k.site_id and q.reporter_account_id = k.account_id
       union all
       select q.*, 'Reporter' from request q
       where q.site_id = k.site_id and q.reporter_portal_customer_id = k.portal_customer_id
       union all
       select q.*, 'Participant' from request_participant t join request q on q.id = t.request_id
       where q.site_id = k.site_id and t.account_id = k.account_id
         and q.reporter_account_id is distinct from k.account_id
       union all
       select q.*, 'Participant' from request_participant t join request q on q.id = t.request_id
       where q.site_id = k.site_id and t.portal_customer_id = k.portal_customer_id
         and q.reporter_portal_customer_id is distinct from k.portal_customer_id
     ) mine
     order by mine.created_at desc, mine.id desc
     limit $4
   ) r
   join service_project sp on sp.id = r.project_id
   order by k.ordinal, r.created_at desc, r.id desc`,
);
