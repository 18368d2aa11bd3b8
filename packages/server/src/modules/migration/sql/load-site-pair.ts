import { statement } from "../../../platform/database/statement.ts";

export const loadSitePairStatement = statement<{
  id: string;
  organizationId: string;
  name: string;
  urlName: string;
}>(
  "migration.loadSitePair",
  `select id, organization_id as "organizationId", name, url_name as "urlName" from site where id = any($1::uuid[])`,
);
