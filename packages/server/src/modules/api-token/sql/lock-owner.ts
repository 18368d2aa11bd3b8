import { statement } from "../../../platform/database/statement.ts";

/** $1 account. Until the transaction ends, others who make tokens of this account wait here. */
export const lockOwnerStatement = statement<{ id: string }>(
  "apiToken.lockOwner",
  `select id from account where id = $1 for no key update`,
);
