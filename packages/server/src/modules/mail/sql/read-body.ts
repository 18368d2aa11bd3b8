import { statement } from "../../../platform/database/statement.ts";

/** What a mail says, sealed. */
export interface SealedBody {
  body: Buffer | null;
  messageId: string;
}

/** $1 id. */
export const readBodyStatement = statement<SealedBody>(
  "mail.readBody",
  `select body, message_id as "messageId" from mail_outbox where id = $1`,
);
