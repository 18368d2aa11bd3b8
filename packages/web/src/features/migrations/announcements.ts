import { percentOf } from "../../shared/number-format.ts";

/** What was read out last: the state, the tenth of the way (0–10), and when (epoch ms). */
export interface Announced {
  state: string | null;
  tenth: number;
  at: number;
}

/** Milliseconds between two announcements of mere progress; a change of phase is told at once. */
export const quietMs = 30_000;

/**
 * The sentence to read out for a new snapshot, or null to stay quiet. Phase changes and the end are told at
 * once, each tenth of the way at most every 30 s; the first snapshot only sets the scene.
 */
export function nextAnnouncement(
  last: Announced,
  snapshot: { state: string; stateWord: string; processed: number; total: number; requiresAttention: number },
  now: number,
): { text: string | null; announced: Announced } {
  const percent = percentOf(snapshot.processed, snapshot.total);
  const tenth = Math.floor(percent / 10);
  if (last.state === null) {
    return { text: null, announced: { state: snapshot.state, tenth, at: now } };
  }
  if (snapshot.state !== last.state) {
    return {
      text: phaseSentence(snapshot),
      announced: { state: snapshot.state, tenth, at: now },
    };
  }
  if (tenth > last.tenth && now - last.at >= quietMs) {
    return { text: `${percent} per cent done.`, announced: { state: last.state, tenth, at: now } };
  }
  return { text: null, announced: last };
}

function phaseSentence(snapshot: { state: string; stateWord: string; requiresAttention: number }): string {
  if (snapshot.state === "COMPLETED") {
    return "Migration complete!";
  }
  if (snapshot.state === "COMPLETED_WITH_ATTENTION") {
    return `Migration complete! ${snapshot.requiresAttention} require attention.`;
  }
  return `The migration is now: ${snapshot.stateWord}.`;
}
