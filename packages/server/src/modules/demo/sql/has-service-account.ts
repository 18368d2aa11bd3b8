import { statement } from "../../../platform/database/statement.ts";

/** $1 organization. */
export const hasServiceAccountStatement = statement<{ exists: boolean }>(
  "demo.hasServiceAccount",
  `select exists (select from service_account where organization_id = $1)`,
);
