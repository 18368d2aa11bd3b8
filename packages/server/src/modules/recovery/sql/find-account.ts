import { statement } from "../../../platform/database/statement.ts";

/** An account as the pages of recovery show it. */
export interface AccountRow {
  id: string;
  email: string;
  name: string;
}

/** $1 account. */
export const findAccountStatement = statement<AccountRow>(
  "recovery.findAccount",
  `select id, email, name from account where id = $1`,
);
