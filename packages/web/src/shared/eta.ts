import { formatPercent, formatShortCount } from "./number-format.ts";

/** The parts of a progress snapshot that the texts here need. */
export interface ProgressNumbers {
  processed: number;
  total: number;
  etaSecondsLow: number | null;
  etaSecondsHigh: number | null;
}

/** "ETA 36–41 min", or null while the server does not know one. Seconds in, the largest sensible unit out. */
export function formatEta(low: number | null, high: number | null): string | null {
  if (low === null || high === null) {
    return null;
  }
  if (high < 5) {
    return "a few seconds left";
  }
  if (high < 90) {
    return `ETA ${range(Math.max(1, Math.round(low)), Math.round(high))} s`;
  }
  if (high < 5_400) {
    return `ETA ${range(Math.max(1, Math.floor(low / 60)), Math.ceil(high / 60))} min`;
  }
  return `ETA ${range(Number((low / 3_600).toFixed(1)), Number((high / 3_600).toFixed(1)))} h`;
}

/** "2–3 min", "40–55 s": a range of seconds as people read it; null while there is none. */
export function formatBand(low: number | null, high: number | null): string | null {
  return formatEta(low, high)?.replace(/^ETA /, "").replace(" left", "") ?? null;
}

/** "412k/1.0M 41% · ETA 36–41 min"; without the ETA while that is not known. */
export function formatProgress(progress: ProgressNumbers): string {
  const done = `${formatShortCount(progress.processed)}/${formatShortCount(progress.total)} ${formatPercent(progress.processed, progress.total)}`;
  const eta = formatEta(progress.etaSecondsLow, progress.etaSecondsHigh);
  return eta ? `${done} · ${eta}` : done;
}

/** A span of time: "8 s", "3 min 20 s", "2 h 5 min". */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  }
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function range(low: number, high: number): string {
  return low >= high ? String(high) : `${low}–${high}`;
}
