import { statement } from "../../../platform/database/statement.ts";

/** $1 product. Takes the ownership from whoever has it, for the next statement to give it. */
export const takeOwnershipStatement = statement<{ accountId: string }>(
  "roles.takeOwnership",
  `delete from role_assignment where product_id = $1 and role = 'PRODUCT_OWNER' returning account_id as "accountId"`,
);
