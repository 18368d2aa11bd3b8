import { statement } from "../../../platform/database/statement.ts";

/** The outbox at one moment. */
export interface MailMeasures {
  queued: number;
  uncertain: number;
  held: number;
  /** Seconds since the oldest mail that nobody holds was queued. */
  oldest: number;
  /** Mail servers in trouble. */
  troubled: number;
}

export const measureMailStatement = statement<MailMeasures>(
  "mail.measureMail",
  `select (count(*) filter (where state in ('QUEUED', 'SENDING')))::int as queued,
     (count(*) filter (where state = 'UNCERTAIN'))::int as uncertain, (count(*) filter (where state = 'HELD'))::int as held,
     coalesce(extract(epoch from now() - min(created_at) filter (where state <> 'HELD')), 0)::float8 as oldest,
     (select count(*)::int from mail_relay where failures > 0 and seen_at > now() - interval '5 minutes') as troubled
   from mail_outbox where settled_at is null`,
);
