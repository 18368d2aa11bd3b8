import { statement } from "../../../platform/database/statement.ts";

/** $1 organization. */
export const namePlaceStatement = statement<{ organizationName: string }>(
  "productUser.namePlace",
  `select name as "organizationName" from organization where id = $1`,
);
