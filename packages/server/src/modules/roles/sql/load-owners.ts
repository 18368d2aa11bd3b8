import { statement } from "../../../platform/database/statement.ts";
import type { PersonRolesRow } from "./list-people.ts";

/** $1 products. */
export const loadOwnersStatement = statement<PersonRolesRow["roles"][number] & { productId: string }>(
  "roles.loadOwners",
  `select id, role, account_id as "accountId", organization_id as "organizationId", site_id as "siteId", product_id as "productId"
   from role_assignment where product_id = any($1::uuid[]) and role = 'PRODUCT_OWNER'`,
);
