import { statement } from "../../../platform/database/statement.ts";
import type { AccountRow } from "./lock-account.ts";

/** $1 account. */
export const findAccountStatement = statement<AccountRow>(
  "services.findAccount",
  `select id, email, name from account where id = $1`,
);
