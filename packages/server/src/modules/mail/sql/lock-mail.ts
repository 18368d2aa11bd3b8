import { statement } from "../../../platform/database/statement.ts";

/** $1 id. */
export const lockMailStatement = statement(
  "mail.lockMail",
  `select from mail_outbox where id = $1 for update`,
);
