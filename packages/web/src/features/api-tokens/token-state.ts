import type { Tone } from "../../ui/tone.ts";

/** What decides whether a token still lets anybody in; times as on the wire. */
interface TokenTimes {
  expiresAt: string;
  revokedAt: string | null;
}

/** A week before its end, there is still time to make the next one. */
const soon = 7 * 24 * 60 * 60 * 1000;

/** Where a token stands, as a word and a tone. */
export function describeTokenState(
  { expiresAt, revokedAt }: TokenTimes,
  now: number,
): { label: string; tone: Tone; isLive: boolean } {
  const left = Date.parse(expiresAt) - now;
  if (revokedAt !== null) {
    return { label: "Revoked", tone: "neutral", isLive: false };
  }
  if (left <= 0) {
    return { label: "Expired", tone: "neutral", isLive: false };
  }
  return left < soon
    ? { label: "Expires soon", tone: "warn", isLive: true }
    : { label: "Live", tone: "good", isLive: true };
}
