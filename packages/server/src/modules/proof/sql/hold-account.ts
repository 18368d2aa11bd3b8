import { statement } from "../../../platform/database/statement.ts";

/** $1 account. Until the transaction ends its first proof waits here, so that what that proof removes is all there is. */
export const holdAccountStatement = statement<{ id: string }>(
  "proof.holdAccount",
  `select id from account where id = $1 for share`,
);
