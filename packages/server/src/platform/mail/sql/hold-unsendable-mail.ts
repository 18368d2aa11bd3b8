import { statement } from "../../database/statement.ts";

// $1 words. For a process without a mail server: due mail is held, unless another process was looking for mail to send
// during the last minutes.
export const holdUnsendableMailStatement = statement<{ id: string }>(
  "mail.holdUnsendableMail",
  `with due as (
     select id from mail_outbox
     where state in ('QUEUED', 'UNCERTAIN') and next_attempt_at <= now()
       and not exists (select from mail_relay where seen_at > clock_timestamp() - interval '5 minutes')
     order by next_attempt_at, id limit 500 for update skip locked
   )
   update mail_outbox m set state = 'HELD', held_reason = 'NO_SERVER', last_error = $1
   from due where m.id = due.id
   returning m.id`,
);
