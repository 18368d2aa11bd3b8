import { statement } from "../../database/statement.ts";

// $1 server, $2 failures it had when the mail was claimed, $3 words, $4 seconds to wait. Of several mails that were on
// their way when the trouble began, one counts. Answers the failures in a row, nothing when another mail counted.
export const noteRelayTroubleStatement = statement<{ failures: number }>(
  "mail.noteRelayTrouble",
  `update mail_relay set failures = failures + 1, failing_since = coalesce(failing_since, clock_timestamp()), last_error = $3,
     blocked_until = clock_timestamp() + make_interval(secs => $4::float8)
   where name = $1 and failures = $2
   returning failures`,
);
