import type { Brake } from "../kind.ts";

/** What each brake counts, in a word for the middle of a sentence. */
export const brakeWords: Record<Brake, string> = {
  LOSSES: "losses of access",
  MERGES: "merges",
  NEW_SEATS: "new seats",
  FAILURES: "failures",
  DUPLICATES: "duplicates",
};
