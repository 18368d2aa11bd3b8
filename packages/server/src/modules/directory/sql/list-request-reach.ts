import { statement } from "../../../platform/database/statement.ts";

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

// $1 sites, $2 accounts, $3 portal-only accounts: parallel arrays, one of the two ids null; $4: how many each,
// newest first. Reach is asked of effective_request_access for the rows shown alone.
export const listRequestReachStatement = statement<RequestReachRow>(
  "directory.listRequestReach",
  `select k.ordinal::int, r.key, r.summary, sp.key as "projectKey", r.relation, r.created_at::text as "createdAt",
     case when k.account_id is null
       then exists (select 1 from effective_request_access e
         where e.request_id = r.id and e.portal_customer_id = k.portal_customer_id)
       else exists (select 1 from effective_request_access e
         where e.request_id = r.id and e.account_id = k.account_id)
     end as reachable
   from unnest($1::uuid[], $2::uuid[], $3::uuid[])
     with ordinality as k (site_id, account_id, portal_customer_id, ordinal)
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
