import { statement } from "../../database/statement.ts";

// $1 words for a mail that is given up. Whoever was sending it is gone: it may have been handed over or not. The second
// time nobody tries again, because two copies may be out already.
export const recoverLostMailStatement = statement<{ id: string; state: string }>(
  "mail.recoverLostMail",
  `with lost as (
     select id from mail_outbox where state = 'SENDING' and leased_until < clock_timestamp()
     order by id limit 100 for update skip locked
   )
   update mail_outbox m set state = case when m.uncertain_sends >= 1 then 'FAILED' else 'UNCERTAIN' end,
     settled_at = case when m.uncertain_sends >= 1 then now() end,
     uncertain_sends = m.uncertain_sends + 1, attempts = m.attempts + 1, lease = null, leased_until = null, next_attempt_at = now(),
     last_error = case when m.uncertain_sends >= 1 then $1 else 'The process that was sending it ended before it knew the outcome.' end
   from lost where m.id = lost.id
   returning m.id, m.state`,
);
