import { statement } from "../../../platform/database/statement.ts";
import type { Role } from "../../sign-in/index.ts";

/** A role somebody holds, with who that is. */
export interface RoleRow {
  id: string;
  role: Role;
  organizationId: string;
  siteId: string | null;
  productId: string | null;
  accountId: string;
  name: string;
  email: string;
}

/** $1 role assignment. */
export const findRoleStatement = statement<RoleRow>(
  "roles.findRole",
  `select r.id, r.role, r.organization_id as "organizationId", r.site_id as "siteId", r.product_id as "productId",
     a.id as "accountId", a.name, a.email
   from role_assignment r join account a on a.id = r.account_id where r.id = $1`,
);
