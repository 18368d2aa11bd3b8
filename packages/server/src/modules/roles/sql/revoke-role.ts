import { statement } from "../../../platform/database/statement.ts";

/** $1 role assignment. No row when it is gone already. */
export const revokeRoleStatement = statement<{ id: string }>(
  "roles.revokeRole",
  `delete from role_assignment where id = $1 returning id`,
);
