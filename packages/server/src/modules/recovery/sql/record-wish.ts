import { statement } from "../../../platform/database/statement.ts";

/** $1 purpose, $2 canonical email, whether anybody has it or not. */
export const recordWishStatement = statement(
  "recovery.recordWish",
  `insert into recovery_wish (purpose, email) values ($1, $2)`,
);
