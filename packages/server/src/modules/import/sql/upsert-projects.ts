import { statement } from "../../../platform/database/statement.ts";

/** $1 import, $2 site. */
export const upsertProjectsStatement = statement<{ written: number }>(
  "import.upsertProjects",
  `with written as (
     insert into service_project (site_id, key, name, access)
     select $2, key, name, access from project_row where import_id = $1 and state = 'GOOD'
     order by key
     on conflict (site_id, key) do update set name = excluded.name, access = excluded.access
     where (service_project.name, service_project.access) is distinct from (excluded.name, excluded.access)
     returning 1
   )
   select count(*)::int as written from written`,
);
