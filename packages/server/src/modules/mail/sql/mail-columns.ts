/** States of a mail, as migration 0015 has them. */
export type MailState =
  | "QUEUED"
  | "SENDING"
  | "UNCERTAIN"
  | "SENT"
  | "BOUNCED"
  | "FAILED"
  | "HELD"
  | "DISCARDED";

/** A mail without what it says. Times are epoch milliseconds. */
export interface MailRow {
  id: string;
  organizationId: string | null;
  purpose: string;
  generation: number;
  to: string;
  subject: string;
  state: MailState;
  attempts: number;
  heldReason: "RESTORED" | "NO_SERVER" | null;
  lastError: string | null;
  createdAt: number;
  nextAttemptAt: number;
  settledAt: number | null;
  hasBody: boolean;
  linkEnded: boolean;
}

const milliseconds = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

/**
 * True when the mail brings a link for proving something and none of its proofs is open any more. A proof and the mail
 * that brings it are written by one transaction to one address, so they bear the same time.
 */
export const linkEndedSql = `(exists (select from email_proof p where p.email = m.to_address and p.created_at = m.created_at)
  and not exists (select from email_proof p where p.email = m.to_address and p.created_at = m.created_at
    and p.consumed_at is null and p.revoked_at is null and p.expires_at > now()))`;

/** The columns of MailRow from mail_outbox m. */
export const mailColumns = `m.id, m.organization_id as "organizationId", m.purpose, m.generation, m.to_address as "to", m.subject,
  m.state, m.attempts, m.held_reason as "heldReason", m.last_error as "lastError", ${milliseconds("m.created_at")} as "createdAt",
  ${milliseconds("m.next_attempt_at")} as "nextAttemptAt", ${milliseconds("m.settled_at")} as "settledAt",
  m.body is not null as "hasBody", ${linkEndedSql} as "linkEnded"`;
