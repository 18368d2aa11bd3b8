/** What may stand between two cells; which one is read off the header. */
export type Delimiter = "," | ";" | "\t";

/** Every delimiter that is read, the likeliest first. */
const DELIMITERS: readonly Delimiter[] = [",", ";", "\t"];

/** The delimiter that divides the header into most cells, quoted text aside; the comma where none does. */
export function detectDelimiter(header: string): Delimiter {
  const outsideQuotes = header.replace(/"(?:[^"]|"")*"?/g, "");
  let best: Delimiter = ",";
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const count = outsideQuotes.split(delimiter).length - 1;
    if (count > most) [best, most] = [delimiter, count];
  }
  return best;
}

/** The delimiter named by a first line `sep=;`, which some programs write for Excel; null for any other line. */
export function readSeparatorLine(line: string): Delimiter | null {
  const named = /^"?sep=(.)"?$/i.exec(line)?.[1];
  return DELIMITERS.find((delimiter) => delimiter === named) ?? null;
}
