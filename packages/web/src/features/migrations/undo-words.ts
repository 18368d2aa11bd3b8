import type { UndoAction } from "@rehome/schema";
import type { Tone } from "../../ui/tone.ts";

/** What an undo does for a person, before and after it came to them. */
export const undoActionWords: Record<
  UndoAction,
  { label: string; planned: string; done: string; tone: Tone }
> = {
  RESTORE: { label: "Put back", planned: "Will be put back", done: "Was put back", tone: "good" },
  SET_ASIDE: { label: "Set aside", planned: "Will be set aside", done: "Was set aside", tone: "warn" },
  NOTHING: { label: "Nothing to undo", planned: "Nothing to undo", done: "Nothing to undo", tone: "neutral" },
};
