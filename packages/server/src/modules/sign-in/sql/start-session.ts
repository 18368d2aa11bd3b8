import { statement } from "../../../platform/database/statement.ts";

/** A session that has just begun. */
export interface StartedSessionRow {
  id: string;
  created_at: Date;
  expires_at: Date;
}

/**
 * $1 auth_user.id, $2 hash of the token, $3 days, $4 address, $5 user agent. Sessions of the person that have ended by
 * themselves go.
 */
export const startSessionStatement = statement<StartedSessionRow>(
  "signIn.startSession",
  `with ended as (delete from auth_session where user_id = $1 and expires_at < now())
   insert into auth_session (user_id, token, created_at, expires_at, ip_address, user_agent)
   -- Not the start of the transaction, which may have waited for the end of all sessions.
   select $1, $2, at, at + make_interval(days => $3), $4, $5 from clock_timestamp() as clock (at)
   returning id, created_at, expires_at`,
);
