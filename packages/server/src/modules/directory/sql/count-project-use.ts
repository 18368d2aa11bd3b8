import { statement } from "../../../platform/database/statement.ts";

export const countProjectUseStatement = statement<{
  projectId: string;
  listedCustomers: number;
  requestCount: number;
}>(
  "directory.countProjectUse",
  `select p.id as "projectId",
     (select count(*)::int from project_customer c where c.project_id = p.id) as "listedCustomers",
     (select count(*)::int from request r where r.project_id = p.id) as "requestCount"
   from unnest($1::uuid[]) as p(id)`,
);
