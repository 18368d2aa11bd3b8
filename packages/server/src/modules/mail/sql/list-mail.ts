import { statement } from "../../../platform/database/statement.ts";
import { mailColumns, type MailRow } from "./mail-columns.ts";

// $1 organization, null for the mail of all and of none; $2 states, null for every one; $3 id of the last mail seen, $4 most
// mails. Ids grow with time: newest first.
export const listMailStatement = statement<MailRow>(
  "mail.listMail",
  `select ${mailColumns} from mail_outbox m
   where ($1::uuid is null or m.organization_id = $1) and ($2::text[] is null or m.state = any($2))
     and ($3::uuid is null or m.id < $3)
   order by m.id desc limit $4`,
);
