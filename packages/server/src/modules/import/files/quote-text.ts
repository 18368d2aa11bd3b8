const SHOWN_CHARACTERS = 60;
const SHOWN_NAMES = 20;
/** Controls, formatting characters and line separators could hide or turn around the rest of a message. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Text of a file inside quotes, safe to print in a message: cut to 60 characters, invisible ones as code points. */
export function quoteText(text: string): string {
  const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
  return `“${shown.replace(INVISIBLE, (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`)}”`;
}

/** A list of names for a message, such as the columns found: at most 20 of them, the rest as a number. */
export function quoteNames(names: readonly string[]): string {
  const rest = names.length - SHOWN_NAMES;
  const shown = names.slice(0, SHOWN_NAMES).map(quoteText).join(", ");
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}
