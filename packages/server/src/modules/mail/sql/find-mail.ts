import { statement } from "../../../platform/database/statement.ts";
import { mailColumns, type MailRow } from "./mail-columns.ts";

/** $1 id. */
export const findMailStatement = statement<MailRow>(
  "mail.findMail",
  `select ${mailColumns} from mail_outbox m where m.id = $1`,
);
