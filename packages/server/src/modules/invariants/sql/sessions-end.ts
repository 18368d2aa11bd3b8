import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// A session stands for somebody who can sign in and never outlasts its seven days.
export const sessionsEndStatement = statement<Violation>(
  "invariants.sessionsEnd",
  `select format('session %s', s.id) as subject,
     format('ends %s, more than seven days after it began', s.expires_at) as problem
   from auth_session s
   where s.expires_at > s.created_at + interval '7 days 5 minutes'
   limit 21`,
);
