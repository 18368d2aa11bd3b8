import { statement } from "../../../platform/database/statement.ts";

/** $1 accounts. Whoever makes a mailed link for one of them waits until the transaction ends. */
export const holdAccountsStatement = statement<{ id: string }>(
  "signIn.holdAccounts",
  `select id from account where id = any($1::uuid[]) order by id for no key update`,
);
