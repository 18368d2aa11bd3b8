import { statement } from "../../../platform/database/statement.ts";

/** $1 organizations. The lock under which roles change (roles.lockRoles), of several at once, in the order of their ids. */
export const lockOrganizationsStatement = statement<{ id: string }>(
  "closing.lockOrganizations",
  `select id from organization where id = any($1::uuid[]) order by id for no key update`,
);
