import { statement } from "../../../platform/database/statement.ts";

/** $1 import, $2 site. A change of a project's access gives or takes access at once, so it is said beforehand. */
export const warnProjectsStatement = statement<{ changed: number }>(
  "import.warnProjects",
  `with told as (
     select r.row_number, case
       when sp.access = 'RESTRICTED' and r.access = 'OPEN' then 'The project is restricted now; this opens it to every customer of the site.'
       when sp.access = 'OPEN' and r.access = 'RESTRICTED' then 'The project is open now; this closes it to customers it does not list.'
     end as warning
     from project_row r left join service_project sp on sp.site_id = $2 and sp.key = r.key
     where r.import_id = $1 and r.state = 'GOOD'
   ),
   changed as (
     update project_row r set warning = t.warning
     from told t
     where r.import_id = $1 and r.row_number = t.row_number and r.warning is distinct from t.warning
     returning 1
   )
   select count(*)::int as changed from changed`,
);
