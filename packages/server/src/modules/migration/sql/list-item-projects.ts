import { statement } from "../../../platform/database/statement.ts";

// The source service projects that list each person; unknown keys of the file are not among them.
export const listItemProjectsStatement = statement<{ itemId: string; keys: string[] }>(
  "migration.listItemProjects",
  `select i.id as "itemId", array_agg(sp.key order by sp.key) as keys
   from migration_item i
   join project_customer pc on pc.account_id = i.source_account_id or pc.portal_customer_id = i.source_portal_customer_id
   join migration m on m.id = i.migration_id
   join service_project sp on sp.id = pc.project_id and sp.site_id = m.source_site_id
   where i.id = any($1::uuid[])
   group by i.id`,
);
