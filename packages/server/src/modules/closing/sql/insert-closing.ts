import { statement } from "../../../platform/database/statement.ts";

/** $1 account, $2 reason. No row while one is pending. */
export const insertClosingStatement = statement<{ id: string }>(
  "closing.insertClosing",
  `insert into account_closing (account_id, reason) values ($1, $2) on conflict do nothing returning id`,
);
