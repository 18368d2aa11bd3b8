import type { Progress } from "./event-socket.ts";
import { formatCount } from "./output.ts";

const width = 24;

/** `MR-12 [######------] 48% 12,000 of 25,000 · 900 a second · 10–20 s left · 12 require attention`. */
export function drawProgress(name: string, progress: Progress): string {
  const { processed, total, peoplePerSecond, openAttention, state, stalled } = progress;
  const share = total === 0 ? 0 : Math.min(1, processed / total);
  const filled = Math.floor(share * width);
  const bar = `[${"#".repeat(filled)}${"-".repeat(width - filled)}] ${Math.floor(share * 100)}%`;
  const isRunning = state === "RUNNING";
  const parts = [
    `${formatCount(processed)} of ${formatCount(total)}`,
    ...(isRunning ? [] : [state.toLowerCase().replaceAll("_", " ")]),
    ...(stalled ? ["stalled"] : []),
    ...(isRunning && peoplePerSecond !== null
      ? [`${formatCount(Math.round(peoplePerSecond))} a second`]
      : []),
    ...(isRunning ? describeRest(progress) : []),
    ...(openAttention > 0 ? [`${formatCount(openAttention)} require attention`] : []),
  ];
  return `${name} ${bar} ${parts.join(" · ")}`;
}

function describeRest({ etaSecondsLow: low, etaSecondsHigh: high }: Progress): string[] {
  if (low === null || high === null) {
    return [];
  }
  const unit = high >= 120 ? 60 : 1;
  const [from, to] = [Math.max(0, Math.floor(low / unit)), Math.ceil(high / unit)];
  return [`${from === to ? to : `${from}–${to}`} ${unit === 60 ? "min" : "s"} left`];
}
