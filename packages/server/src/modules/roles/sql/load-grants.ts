import { statement } from "../../../platform/database/statement.ts";
import type { Grant } from "../../sign-in/index.ts";

/** $1 account, $2 organization: the roles as they are now. */
export const loadGrantsStatement = statement<Grant>(
  "roles.loadGrants",
  `select role, organization_id as "organizationId", site_id as "siteId", product_id as "productId"
   from role_assignment where account_id = $1 and organization_id = $2 order by id`,
);
