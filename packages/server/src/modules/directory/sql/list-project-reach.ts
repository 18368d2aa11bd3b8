import { statement } from "../../../platform/database/statement.ts";
import { identityReach } from "./identity-reach.ts";

/** A project of a site for one identity there; `ordinal` is the place of the identity in the input, from 1. */
export interface ProjectReachRow {
  ordinal: number;
  key: string;
  name: string;
  reachable: boolean;
  why: string;
}

// $1–$3 as in identityReach. Whether a project is reached comes from effective_project_access alone; the reasons
// only put its conditions into words.
export const listProjectReachStatement = statement<ProjectReachRow>(
  "directory.listProjectReach",
  `with ${identityReach}
   select i.ordinal::int, sp.key, sp.name, reach.project_id is not null as reachable,
     case
       when reach.project_id is not null and sp.access = 'OPEN' then 'Open to every customer'
       when reach.project_id is not null then 'Listed as a customer'
       when not i.active then 'Deactivated on this site'
       when not i.resolves then 'Sign-in resolves to the Atlassian account'
       when i.account_id is not null and not i.customer_role then 'No Customer role'
       else 'Restricted and not listed'
     end as why
   from identity i
   join service_project sp on sp.site_id = i.site_id
   left join reach on reach.ordinal = i.ordinal and reach.project_id = sp.id
   order by i.ordinal, sp.key`,
);
