import { statement } from "../../../platform/database/statement.ts";

/** $1 a name, however it is written. */
export const findOrganizationByNameStatement = statement<{ id: string; name: string }>(
  "mail.findOrganizationByName",
  `select id, name from organization where lower(name) = lower($1)`,
);
