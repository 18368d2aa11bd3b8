import { statement } from "../../../platform/database/statement.ts";

/**
 * $1 organization. Changes of roles in one organization come one after the other: of two admins who remove each other
 * the second one sees that they are none any longer. Rows that refer to the organization can be written meanwhile.
 */
export const lockRolesStatement = statement<{ name: string }>(
  "roles.lockRoles",
  `select name from organization where id = $1 for no key update`,
);
