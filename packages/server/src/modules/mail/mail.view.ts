import { sayNextStep } from "./mail-words.ts";
import type { OutboxMailType } from "./mail.types.ts";
import type { MailRow } from "./sql/mail-columns.ts";

/** The GraphQL object of a stored mail. */
export function toOutboxMail(row: MailRow): OutboxMailType {
  return {
    id: row.id,
    purpose: row.purpose,
    generation: row.generation,
    to: row.to,
    subject: row.subject,
    state: row.state,
    attempts: row.attempts,
    heldReason: row.heldReason,
    problem: row.lastError,
    nextStep: sayNextStep(row),
    linkEnded: row.linkEnded,
    createdAt: new Date(row.createdAt),
    nextAttemptAt: ["QUEUED", "UNCERTAIN"].includes(row.state) ? new Date(row.nextAttemptAt) : null,
    settledAt: row.settledAt === null ? null : new Date(row.settledAt),
    canRetry: canRetry(row),
  };
}

/** It ended without being sent, what it says is still kept, and its link works. */
export function canRetry(row: MailRow): boolean {
  return ["BOUNCED", "FAILED"].includes(row.state) && row.hasBody && !row.linkEnded;
}
