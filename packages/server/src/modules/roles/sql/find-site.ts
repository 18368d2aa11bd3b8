import { statement } from "../../../platform/database/statement.ts";

/** $1 site. */
export const findSiteStatement = statement<{ organizationId: string }>(
  "roles.findSite",
  `select organization_id as "organizationId" from site where id = $1`,
);
