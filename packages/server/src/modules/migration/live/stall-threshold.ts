let seconds = 30;

/** Sets after how many seconds without progress, beyond what a batch takes, a run counts as stalled; once, at the start. */
export function setStallThreshold(next: number): void {
  seconds = next;
}

/** Seconds without progress, beyond what a batch takes. */
export function stallThreshold(): number {
  return seconds;
}
