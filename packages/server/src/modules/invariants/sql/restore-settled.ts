import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// A restore ends every session, remembered browser and API token from before it, no run goes on until a person resumes it,
// and no mail from before it goes out until a person lets it go.
export const restoreSettledStatement = statement<Violation>(
  "invariants.restoreSettled",
  `with latest as (select max(restored_at) as at from restoration having count(*) > 0)
   select format('session %s', s.id) as subject, format('is older than the restore of %s', l.at) as problem
   from latest l join auth_session s on s.created_at < l.at
   union all
   select format('remembered browser %s', d.id), format('is older than the restore of %s', l.at)
   from latest l join auth_remembered_device d on d.created_at < l.at
   union all
   select format('API token %s', t.id), format('is older than the restore of %s and not revoked', l.at)
   from latest l join api_token t on t.created_at < l.at and t.revoked_at is null
   union all
   select format('migration %s (MR-%s)', m.id, m.number), format('runs since before the restore of %s without a person having resumed it', l.at)
   from latest l join migration m on m.state = 'RUNNING'
   where not exists (
     select from migration_event e
     where e.migration_id = m.id and e.type in ('STARTED', 'RESUMED') and e.at >= l.at and e.payload ? 'by')
   union all
   select format('mail %s', m.id), format('is %s and older than the restore of %s, and nobody let it go', m.state, l.at)
   from latest l join mail_outbox m on m.created_at < l.at and (m.state in ('QUEUED', 'SENDING', 'UNCERTAIN') or m.settled_at >= l.at)
   where m.released_at is null or m.released_at < l.at
   limit 21`,
);
