import { statement } from "../../../platform/database/statement.ts";

/**
 * $1 import, $2 site, $3 header of the project column. A request whose project is not on the site is bad; once
 * the project is there, the row is good again.
 */
export const judgeRequestProjectsStatement = statement<{ changed: number }>(
  "import.judgeRequestProjects",
  `with judged as (
     select r.row_number, r.project_key, sp.id is not null as is_known
     from request_row r left join service_project sp on sp.site_id = $2 and sp.key = r.project_key
     where r.import_id = $1 and (r.state = 'GOOD' or r.problem_code = 'UNKNOWN_PROJECT')
   ),
   changed as (
     update request_row r
     set state = case when j.is_known then 'GOOD' else 'BAD' end,
       problem_column = case when j.is_known then null else $3 end,
       problem_code = case when j.is_known then null else 'UNKNOWN_PROJECT' end,
       problem = case when j.is_known then null else 'The project “' || left(j.project_key, 60)
         || '” is not on this site. Upload a projects file with it first, or correct the key.' end
     from judged j
     where r.import_id = $1 and r.row_number = j.row_number and j.is_known = (r.state = 'BAD')
     returning 1
   )
   select count(*)::int as changed from changed`,
);
