import type { SendTimeouts } from "./mail-transport.ts";

/** When mail is tried again, in seconds, and how long one attempt may take, in milliseconds. */
export interface MailTiming {
  /** Longer than any attempt takes: a lease that runs out belongs to a process that is gone. */
  lease: number;
  /** Between two looks when nothing is announced. */
  poll: number;
  /** Wait after the first refusal for now; doubled for each that follows. */
  firstRetry: number;
  longestRetry: number;
  /** Attempts refused for now after which a mail is given up: about three days with the waits above. */
  mostAttempts: number;
  /** Wait after the first trouble of a server; doubled for each that follows. */
  firstTrouble: number;
  longestTrouble: number;
  timeouts: SendTimeouts;
}

export const mailTiming: MailTiming = {
  lease: 180,
  poll: 30,
  firstRetry: 60,
  longestRetry: 6 * 60 * 60,
  mostAttempts: 20,
  firstTrouble: 5,
  longestTrouble: 5 * 60,
  timeouts: { connect: 10_000, silence: 30_000, attempt: 90_000 },
};

/** `first` doubled `times` times, at most `longest`, a fifth more or less so that many do not come at once. */
export function backOff(first: number, times: number, longest: number, random = Math.random()): number {
  return Math.min(first * 2 ** Math.min(times, 30), longest) * (0.8 + 0.4 * random);
}
