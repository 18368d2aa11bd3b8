import { statement } from "../../../platform/database/statement.ts";

/**
 * Ends every session, remembered browser, sign-in under way and code; API tokens are revoked beside it, so that nobody is
 * let in without signing in afresh.
 */
export const endSessionsStatement = statement<{ ended: number }>(
  "backup.endSessions",
  `with gone as (delete from auth_session returning 1), codes as (delete from auth_verification),
     devices as (delete from auth_remembered_device), pending as (delete from auth_pending_sign_in),
     challenges as (delete from auth_passkey_challenge)
   select count(*)::int as ended from gone`,
);
