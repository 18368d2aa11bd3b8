import { statement } from "../../../platform/database/statement.ts";

/** $1 account, $2 role, $3 organization, $4 site or null, $5 product or null. No row when they hold it already. */
export const grantRoleStatement = statement<{ id: string }>(
  "roles.grantRole",
  `insert into role_assignment (account_id, role, organization_id, site_id, product_id) values ($1, $2, $3, $4, $5)
   on conflict on constraint role_assignment_key do nothing
   returning id`,
);
