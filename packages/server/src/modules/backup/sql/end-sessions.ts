import { statement } from "../../../platform/database/statement.ts";

/** Ends everything that lets somebody in without signing in afresh. */
export const endSessionsStatement = statement<{ ended: number }>(
  "backup.endSessions",
  `with gone as (delete from auth_session returning 1), codes as (delete from auth_verification returning 1)
   select count(*)::int as ended from gone`,
);
