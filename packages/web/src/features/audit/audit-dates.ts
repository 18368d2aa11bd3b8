/** A day such as 2026-01-31, or undefined for anything else. */
export function readDay(value: unknown): string | undefined {
  const isDay = typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value);
  return isDay && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

/** The moment at which the day begins for who looks, as the server takes it; `later` days after it. */
export function startOfDay(day: string | undefined, later = 0): string | null {
  if (day === undefined) {
    return null;
  }
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
