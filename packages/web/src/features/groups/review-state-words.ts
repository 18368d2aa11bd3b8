import type { ReviewState } from "@rehome/schema";
import type { Tone } from "../../ui/tone.ts";

/** Where the review of a group stands, as a word and a tone. */
export const reviewStateWords: Record<ReviewState, { label: string; tone: Tone }> = {
  PENDING: { label: "Waiting for review", tone: "warn" },
  PARTLY_APPROVED: { label: "Partly approved", tone: "warn" },
  APPROVED: { label: "Approved", tone: "good" },
  DECLINED: { label: "Declined", tone: "neutral" },
};
