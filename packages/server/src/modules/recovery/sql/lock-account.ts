import { statement } from "../../../platform/database/statement.ts";
import type { AccountRow } from "./find-account.ts";

/** $1 account. Whoever changes its address or proves it meanwhile waits here. */
export const lockAccountStatement = statement<AccountRow>(
  "recovery.lockAccount",
  `select id, email, name from account where id = $1 for no key update`,
);
