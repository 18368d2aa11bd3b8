import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// One mail per purpose, subject and generation; what is sent or discarded says nothing any more, what waits still does; what
// is over has its time; nothing is handed over without an answer more than twice; who sends it holds a lease.
export const mailOnceStatement = statement<Violation>(
  "invariants.mailOnce",
  `select format('mail %s of generation %s about %s', m.purpose, m.generation, m.about) as subject,
     format('is there %s times', count(*)) as problem
   from mail_outbox m group by m.purpose, m.about, m.generation having count(*) > 1
   union all
   select format('mail %s', m.id), format('is %s and still keeps what it says', m.state)
   from mail_outbox m where m.state in ('SENT', 'DISCARDED') and m.body is not null
   union all
   select format('mail %s', m.id), format('is %s and has nothing to say', m.state)
   from mail_outbox m where m.state in ('QUEUED', 'SENDING', 'UNCERTAIN', 'HELD') and m.body is null
   union all
   select format('mail %s', m.id), format('is %s %s a time at which it was over', m.state,
     case when m.settled_at is null then 'without' else 'with' end)
   from mail_outbox m where (m.state in ('SENT', 'BOUNCED', 'FAILED', 'DISCARDED')) <> (m.settled_at is not null)
   union all
   select format('mail %s', m.id), format('was handed over without an answer %s times', m.uncertain_sends)
   from mail_outbox m where m.uncertain_sends > 2 or (m.uncertain_sends > 1 and m.state in ('QUEUED', 'SENDING', 'UNCERTAIN'))
   union all
   select format('mail %s', m.id), format('is %s %s a lease', m.state, case when m.lease is null then 'without' else 'with' end)
   from mail_outbox m where (m.state = 'SENDING') <> (m.lease is not null and m.leased_until is not null)
   limit 21`,
);
