import { statement } from "../../../platform/database/statement.ts";

/** $1 canonical email. */
export const isAddressTakenStatement = statement<{ taken: boolean }>(
  "recovery.isAddressTaken",
  `select exists (select from account where email = $1) as taken`,
);
