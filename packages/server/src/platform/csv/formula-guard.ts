/**
 * What makes a spreadsheet read a cell as a formula, or cut it, when a file is opened there: = + - @ tab CR LF
 * and the full-width starters.
 */
const STARTERS = "[=+\\-@\\t\\r\\n＝＋－＠]";
/** Apostrophes before a starter get one more, so that removing one always gives back what was written. */
const NEEDS_GUARD = new RegExp(`^'*${STARTERS}`);
const HAS_GUARD = new RegExp(`^'+${STARTERS}`);
const NEEDS_QUOTES = /[",;\t\r\n]/;
const APOSTROPHE = 39;

/** Puts one apostrophe before a cell that a spreadsheet could run. `unguardCell(guardCell(x))` is x for every x. */
export function guardCell(cell: string): string {
  return NEEDS_GUARD.test(cell) ? `'${cell}` : cell;
}

/** Takes the one apostrophe off again; a cell that carries none comes back as it is. */
export function unguardCell(cell: string): string {
  return cell.charCodeAt(0) === APOSTROPHE && HAS_GUARD.test(cell) ? cell.slice(1) : cell;
}

/**
 * One record of RFC 4180 with its CRLF, every cell guarded. Semicolons and tabs are quoted too, so that no
 * reader mistakes them for the delimiter.
 */
export function formatCsvRow(cells: readonly string[]): string {
  // Unquoted, a lone blank cell would be a blank line, which readers skip.
  if (cells.length === 1 && /^ *$/.test(cells[0] ?? "")) return `"${cells[0] ?? ""}"\r\n`;
  return `${cells.map(formatCsvCell).join(",")}\r\n`;
}

/** One cell of such a record where it is not the only one: guarded, and quoted if it must be. */
export function formatCsvCell(cell: string): string {
  const guarded = guardCell(cell);
  return NEEDS_QUOTES.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
