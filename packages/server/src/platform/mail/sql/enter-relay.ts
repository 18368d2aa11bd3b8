import { statement } from "../../database/statement.ts";

/** $1 server. A new sender tries at once, however the server was found before. */
export const enterRelayStatement = statement(
  "mail.enterRelay",
  `insert into mail_relay (name) values ($1)
   on conflict (name) do update set seen_at = clock_timestamp(), blocked_until = '-infinity'`,
);
