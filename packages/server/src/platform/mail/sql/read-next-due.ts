import { statement } from "../../database/statement.ts";

// $1 server. Milliseconds until there is something to do: mail that is due and may be sent, or a lease that runs out.
export const readNextDueStatement = statement<{ wait: number | null }>(
  "mail.readNextDue",
  `with due as (
     select greatest(min(m.next_attempt_at), (select blocked_until from mail_relay where name = $1)) as at
     from mail_outbox m where m.state in ('QUEUED', 'UNCERTAIN') having count(*) > 0
   ), lost as (select min(leased_until) as at from mail_outbox where state = 'SENDING')
   select (extract(epoch from least((select at from due), (select at from lost)) - clock_timestamp()) * 1000)::float8 as wait`,
);
