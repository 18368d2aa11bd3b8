import { statement } from "../../../platform/database/statement.ts";

// $1 id. A person has it tried again from the beginning; the message id stays.
export const retryMailStatement = statement<{ id: string }>(
  "mail.retryMail",
  `update mail_outbox set state = 'QUEUED', attempts = 0, uncertain_sends = 0, next_attempt_at = now(), settled_at = null,
     last_error = null, released_at = clock_timestamp()
   where id = $1 and state in ('BOUNCED', 'FAILED') and body is not null
   returning id`,
);
