const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A count with thousands separators: 4,912. */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** A short count for tight places: 950, 9.4k, 412k, 1.0M. */
export function formatShortCount(value: number): string {
  if (value < 1_000) {
    return String(value);
  }
  if (value < 9_950) {
    return `${(value / 1_000).toFixed(1)}k`;
  }
  if (value < 999_500) {
    return `${Math.round(value / 1_000)}k`;
  }
  return `${(value / 1_000_000).toFixed(1)}M`;
}

/** A whole percentage that says 100 only when everything is done, and 0 only when nothing is. */
export function formatPercent(done: number, total: number): string {
  return `${percentOf(done, total)}%`;
}

/** The number behind `formatPercent`, 0–100; 0 when the total is not known yet. */
export function percentOf(done: number, total: number): number {
  if (total <= 0) {
    return 0;
  }
  const exact = (done / total) * 100;
  if (done > 0 && exact < 1) {
    return 1;
  }
  return done >= total ? 100 : Math.min(99, Math.floor(exact));
}

/** "1 person", "4,912 people". */
export function formatPeople(count: number): string {
  return count === 1 ? "1 person" : `${formatCount(count)} people`;
}

/** "1 file", "3 files": the plural by adding s, or the one given. */
export function formatNumberOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** Bytes as people read them: 912 B, 14 KB, 3.2 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_024) {
    return `${bytes} B`;
  }
  if (bytes < 1_024 * 1_024) {
    return `${Math.round(bytes / 1_024)} KB`;
  }
  return `${(bytes / (1_024 * 1_024)).toFixed(1)} MB`;
}
