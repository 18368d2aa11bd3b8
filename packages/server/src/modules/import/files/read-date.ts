import { quoteText } from "./quote-text.ts";
import { makeProblem } from "./row-problem.ts";
import type { RowProblem } from "./row-problem.ts";

const ISO_DATE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const EARLIEST_YEAR = 1900;
const LATEST_YEAR = 9998;

/**
 * A date of ISO 8601 as an ISO timestamp in UTC with milliseconds; null for an empty cell. A date without a time
 * is its midnight, and one without a zone is UTC.
 * @param problems receives an INVALID_DATE for any other text, and for days that no calendar has
 */
export function readDate(cell: string, header: string, problems: RowProblem[]): string | null {
  const text = cell.trim();
  if (text === "") return null;
  const date = parseIsoDate(text);
  if (date !== null) return date.toISOString();
  problems.push(
    makeProblem(
      header,
      "INVALID_DATE",
      `The column ${quoteText(header)} has ${quoteText(text)}, which is not a date. Write it as 2024-01-31 or 2024-01-31T09:30:00Z, or leave the cell empty.`,
    ),
  );
  return null;
}

function parseIsoDate(text: string): Date | null {
  const match = ISO_DATE.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  if (year === undefined || month === undefined || day === undefined) return null;
  const offset = readOffset(match[8]);
  if (offset === null || year < EARLIEST_YEAR || year > LATEST_YEAR) return null;
  if ((hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 59) return null;
  const milliseconds = Number((match[7] ?? "").padEnd(3, "0").slice(0, 3));
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds));
  // Date rolls 30 February over into March.
  if (local.getUTCMonth() !== month - 1 || local.getUTCDate() !== day) return null;
  return new Date(local.getTime() - offset * 60_000);
}

/** Minutes east of UTC, 0 where none is written, null where no zone is that far. */
function readOffset(zone: string | undefined): number | null {
  if (zone === undefined || zone.toUpperCase() === "Z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(":", "") || 0);
  if (hours > 14 || minutes > 59) return null;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}
