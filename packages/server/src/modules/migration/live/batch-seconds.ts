/** What a batch takes, in seconds: the middle one of those measured, 0 before any was. */
export function batchSecondsOf(paces: readonly { seconds: number }[]): number {
  const seconds = paces.map((pace) => pace.seconds).toSorted((one, other) => one - other);
  return seconds[Math.floor(seconds.length / 2)] ?? 0;
}
