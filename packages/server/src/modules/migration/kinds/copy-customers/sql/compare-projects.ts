import { statement } from "../../../../../platform/database/statement.ts";

/** A source project in scope beside the destination project of equal key. */
export interface ProjectPair {
  key: string;
  access: string;
  /** Whether the source project lists customers explicitly. */
  lists: boolean;
  /** Null when the destination has no project of this key. */
  destinationAccess: string | null;
}

// $1 source site, $2 destination site, $3 all customers, $4 project keys.
export const compareProjectsStatement = statement<ProjectPair>(
  "copyCustomers.compareProjects",
  `select s.key, s.access, exists (select 1 from project_customer pc where pc.project_id = s.id) as lists,
     d.access as "destinationAccess"
   from service_project s left join service_project d on d.site_id = $2 and d.key = s.key
   where s.site_id = $1 and ($3::boolean or s.key = any($4::text[]))
   order by s.key`,
);
