/** One goal of one run: what was measured, beside the limit that bare programs reached in the same run. */
export interface GoalLine {
  /** P1 to P9. */
  goal: string;
  what: string;
  measured: string;
  /** What it is held against, measured in this run where that is possible. */
  limit: string;
  /** Whether the goal is met. */
  met: boolean;
}

/** The lines as a Markdown table. */
export function goalTable(lines: readonly GoalLine[]): string {
  const rows = lines.map(
    ({ goal, what, measured, limit, met }) =>
      `| ${goal} | ${what} | ${measured} | ${limit} | ${met ? "yes" : "no"} |`,
  );
  return `| Goal | What | Measured | Limit in this run | Met |\n| --- | --- | ---: | ---: | --- |\n${rows.join("\n")}\n`;
}

/** 12,300 /s */
export function perSecond(count: number, seconds: number): string {
  return `${Math.round(count / seconds).toLocaleString("en")}/s`;
}

/** 0.83 × */
export function ratio(value: number): string {
  return `${value.toFixed(2)} ×`;
}

/** The value that 95 of 100 stay below. */
export function p95(values: readonly number[]): number {
  const sorted = [...values].toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? Number.NaN;
}
