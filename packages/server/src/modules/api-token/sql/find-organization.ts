import { statement } from "../../../platform/database/statement.ts";

/** $1 organizations, $2 a name, however it is written. */
export const findOrganizationStatement = statement<{ id: string }>(
  "apiToken.findOrganization",
  `select id from organization where id = any($1::uuid[]) and lower(name) = lower($2)`,
);
