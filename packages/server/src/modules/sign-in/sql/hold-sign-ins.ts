import { statement } from "../../../platform/database/statement.ts";

/** $1 accounts. The lock of lockPersonStatement for each of them, in the order of their ids. */
export const holdSignInsStatement = statement<{ id: string }>(
  "signIn.holdSignIns",
  `select id from auth_user where account_id = any($1::uuid[]) order by id for no key update`,
);
