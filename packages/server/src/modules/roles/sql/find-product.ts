import { statement } from "../../../platform/database/statement.ts";

/** $1 product. */
export const findProductStatement = statement<{ organizationId: string }>(
  "roles.findProduct",
  `select organization_id as "organizationId" from product where id = $1`,
);
