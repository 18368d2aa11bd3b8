import { statement } from "../../database/statement.ts";

/** A mail that this claim may send until its lease ends. */
export interface ClaimedMail {
  id: string;
  lease: string;
  purpose: string;
  to: string;
  subject: string;
  body: Buffer | null;
  messageId: string;
  attempts: number;
  uncertainSends: number;
  /** Failures in a row of the server when it was claimed. */
  failures: number;
}

// $1 server, $2 most mails, $3 lease in seconds. Two claims never get the same mail. While the server is blocked nothing
// is claimed; after that one mail tries it, and the others wait on until that one has told how it went.
export const claimMailStatement = statement<ClaimedMail>(
  "mail.claimMail",
  `with relay as materialized (
     select r.name, r.failures, r.blocked_until <= clock_timestamp() as open from mail_relay r where r.name = $1 for update
   ), due as materialized (
     select m.id from mail_outbox m
     where (select open from relay) and m.state in ('QUEUED', 'UNCERTAIN') and m.next_attempt_at <= now()
     order by m.next_attempt_at, m.id
     limit (select case when failures > 0 then 1 else $2::int end from relay)
     for update skip locked
   ), seen as (
     update mail_relay r set seen_at = clock_timestamp(), blocked_until = case when r.failures > 0 and exists (select from due)
       then clock_timestamp() + make_interval(secs => $3::float8) else r.blocked_until end
     where r.name = $1
   )
   update mail_outbox m set state = 'SENDING', lease = gen_random_uuid(), leased_until = clock_timestamp() + make_interval(secs => $3::float8)
   from due, relay where m.id = due.id
   returning m.id, m.lease, m.purpose, m.to_address as "to", m.subject, m.body, m.message_id as "messageId", m.attempts,
     m.uncertain_sends as "uncertainSends", relay.failures`,
);
