import { backOff, type MailTiming } from "./mail-timing.ts";
import type { SendOutcome } from "./send-outcome.ts";
import type { ClaimedMail } from "./sql/claim-mail.ts";

/** What a mail becomes: its state, what to add to its counts, and when it is tried next. */
export interface Settlement {
  state: "SENT" | "BOUNCED" | "FAILED" | "QUEUED" | "UNCERTAIN";
  words: string | null;
  attempts: 0 | 1;
  uncertain: 0 | 1;
  delay: number;
}

/** Why a mail is given up that nobody knows the fate of. */
export const twiceUncertain =
  "The mail server took the text twice and never said whether it accepts it. Ask the receiver whether it came.";

/** What becomes of a mail after an attempt that was about this mail and not about the server. */
export function judge(
  mail: ClaimedMail,
  outcome: Exclude<SendOutcome, { kind: "trouble" }>,
  { firstRetry, longestRetry, mostAttempts }: MailTiming,
): Settlement {
  const delay = backOff(firstRetry, mail.attempts, longestRetry);
  switch (outcome.kind) {
    case "sent":
      return { state: "SENT", words: null, attempts: 1, uncertain: 0, delay: 0 };
    case "bounced":
      return { state: "BOUNCED", words: outcome.words, attempts: 1, uncertain: 0, delay: 0 };
    case "uncertain":
      return mail.uncertainSends > 0
        ? { state: "FAILED", words: twiceUncertain, attempts: 1, uncertain: 1, delay: 0 }
        : { state: "UNCERTAIN", words: outcome.words, attempts: 1, uncertain: 1, delay };
    case "deferred":
      return mail.attempts + 1 >= mostAttempts
        ? { state: "FAILED", words: outcome.words, attempts: 1, uncertain: 0, delay: 0 }
        : { ...waiting(mail, outcome.words), attempts: 1, delay };
  }
}

/** Back to where it was: what was uncertain before stays so. */
export function waiting(mail: ClaimedMail, words: string): Omit<Settlement, "delay"> {
  const state = mail.uncertainSends > 0 ? "UNCERTAIN" : "QUEUED";
  return { state, words, attempts: 0, uncertain: 0 };
}
