import { statement } from "../../../platform/database/statement.ts";

/** Whether the schema, which may be that of an older backup, has mail that can be held. */
export const knowsHeldMailStatement = statement<{ known: boolean }>(
  "mail.knowsHeldMail",
  `select to_regclass('mail_relay') is not null as known`,
);
