import { statement } from "../../../platform/database/statement.ts";

// $1 url name of a site, $2 account, $3 how many, newest first. No rows for an unknown site as for one without access.
export const listViewerRequestsStatement = statement<{
  key: string;
  summary: string;
  projectKey: string;
  relation: string;
  createdAt: string;
}>(
  "directory.listViewerRequests",
  `select r.key, r.summary, sp.key as "projectKey", r.created_at::text as "createdAt",
     case when r.reporter_account_id = e.account_id then 'Reporter' else 'Participant' end as relation
   from site s
   join effective_request_access e on e.site_id = s.id
   join request r on r.id = e.request_id
   join service_project sp on sp.id = r.project_id
   where s.url_name = $1 and e.account_id = $2
   order by r.created_at desc, r.id desc
   limit $3`,
);
