import { statement } from "../../database/statement.ts";
import { liveChannel } from "../../events/live-bus.ts";
import { mailChangedTopic } from "../mail-topics.ts";

// $1 id, $2 lease, $3 state, $4 words of the server or null, $5 attempts to add, $6 uncertain sends to add, $7 seconds until
// the next attempt. No row when the lease ran out and the mail is somebody else's by now. What is sent is not kept.
export const settleMailStatement = statement<{ id: string }>(
  "mail.settleMail",
  `with settled as (
     update mail_outbox set state = $3, last_error = $4, attempts = attempts + $5::int, uncertain_sends = uncertain_sends + $6::int,
       next_attempt_at = clock_timestamp() + make_interval(secs => $7::float8), lease = null, leased_until = null,
       settled_at = case when $3 in ('SENT', 'BOUNCED', 'FAILED') then clock_timestamp() end,
       body = case when $3 = 'SENT' then null else body end
     where id = $1 and lease = $2 and state = 'SENDING'
     returning id
   )
   select id from settled, pg_notify('${liveChannel}', '${mailChangedTopic}')`,
);
