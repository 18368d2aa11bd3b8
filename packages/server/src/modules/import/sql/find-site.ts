import { statement } from "../../../platform/database/statement.ts";

/** $1 site. */
export const findSiteStatement = statement<{ id: string; organizationId: string; name: string }>(
  "import.findSite",
  `select id, organization_id as "organizationId", name from site where id = $1`,
);
