import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// A session stands for somebody who can sign in, never outlasts its seven days, and is younger than the last end of the
// account's sessions, as are remembered browsers and mailed links that let somebody in.
export const sessionsEndStatement = statement<Violation>(
  "invariants.sessionsEnd",
  `select format('session %s', s.id) as subject,
     format('ends %s, more than seven days after it began', s.expires_at) as problem
   from auth_session s
   where s.expires_at > s.created_at + interval '7 days 5 minutes'
   union all
   select format('session %s', s.id), format('is older than the end of the sessions of %s', a.email)
   from auth_session s join auth_user u on u.id = s.user_id join account a on a.id = u.account_id
   where s.created_at < a.sessions_ended_at
   union all
   select format('remembered browser %s', d.id), format('is older than the end of the sessions of %s', a.email)
   from auth_remembered_device d join auth_user u on u.id = d.user_id join account a on a.id = u.account_id
   where d.created_at < a.sessions_ended_at
   union all
   select format('link %s', p.id), format('is older than the end of the sessions of %s', a.email)
   from email_proof p join account a on a.id = p.account_id
   where p.consumed_at is null and p.revoked_at is null and p.created_at < a.sessions_ended_at
     and p.purpose in ('RESET_PASSWORD', 'VERIFY_EMAIL', 'CHANGE_EMAIL')
   limit 21`,
);
