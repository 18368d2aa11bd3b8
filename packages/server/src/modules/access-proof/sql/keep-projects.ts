import { statement } from "../../../platform/database/statement.ts";

// $1 migration, $2 destination site.
export const keepProjectsStatement = statement(
  "accessProof.keepProjects",
  `insert into access_before_project (migration_id, project_id, key, access)
   select $1, id, key, access from service_project where site_id = $2`,
);
