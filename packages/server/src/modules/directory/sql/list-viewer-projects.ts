import { statement } from "../../../platform/database/statement.ts";

// $1 url name of a site, $2 account. No rows for an unknown site as for one without access.
export const listViewerProjectsStatement = statement<{ key: string; name: string; why: string }>(
  "directory.listViewerProjects",
  `select sp.key, sp.name,
     case when sp.access = 'OPEN' then 'Open to every customer' else 'Listed as a customer' end as why
   from site s
   join effective_project_access e on e.site_id = s.id
   join service_project sp on sp.id = e.project_id
   where s.url_name = $1 and e.account_id = $2
   order by sp.key`,
);
