import { statement } from "../../../platform/database/statement.ts";

/** $1 account, $2 name. */
export const renameAccountStatement = statement(
  "recovery.renameAccount",
  `update account set name = $2 where id = $1 and name <> $2`,
);
