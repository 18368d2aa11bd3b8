import { statement } from "../../../platform/database/statement.ts";

/** Ends every session and sign-in code; API tokens are revoked beside it, so that nobody is let in without signing in afresh. */
export const endSessionsStatement = statement<{ ended: number }>(
  "backup.endSessions",
  `with gone as (delete from auth_session returning 1), codes as (delete from auth_verification returning 1)
   select count(*)::int as ended from gone`,
);
