import { statement } from "../../database/statement.ts";

/** $1 server. Answers since when it had been in trouble; nothing when it was not. */
export const noteRelaySuccessStatement = statement<{ name: string }>(
  "mail.noteRelaySuccess",
  `update mail_relay set failures = 0, failing_since = null, blocked_until = '-infinity', last_error = null
   where name = $1 and failures > 0
   returning name`,
);
