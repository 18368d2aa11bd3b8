// What people gave, such as names, goes into headers and sentences. Nothing of it may end a line, hide or turn text.
// The joiners that Persian, Indic scripts and emoji are written with stay.
const breaking = /(?:(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}])+/gu;
const looksLikeAddress = /:\/\/|www\.|@|\p{L}\.\p{L}{2,}/iu;
const longestName = 80;

/** The text as one line: what breaks lines, is invisible or turns the direction of writing becomes a space. */
export function plainLine(text: string): string {
  return text.replaceAll(breaking, " ").replaceAll(/\s+/g, " ").trim();
}

/** A name to greet; empty for one that mail programs would turn into a link, or that is a message of its own. */
export function greetableName(name: string): string {
  const line = plainLine(name);
  return line.length > longestName || looksLikeAddress.test(line) ? "" : line;
}
