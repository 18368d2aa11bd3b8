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

/** True when the mail brings a link for proving something and its proof is not open any more. */
export const linkEndedSql = `(m.proof_id is not null and not exists (select from email_proof p where p.id = m.proof_id
    and p.consumed_at is null and p.revoked_at is null and p.expires_at > now()))`;

/** The columns of MailRow from mail_outbox m. */
export const mailColumns = `m.id, m.organization_id as "organizationId", m.purpose, m.generation, m.to_address as "to", m.subject,
  m.state, m.attempts, m.held_reason as "heldReason", m.last_error as "lastError", ${milliseconds("m.created_at")} as "createdAt",
  ${milliseconds("m.next_attempt_at")} as "nextAttemptAt", ${milliseconds("m.settled_at")} as "settledAt",
  m.body is not null as "hasBody", ${linkEndedSql} as "linkEnded"`;
