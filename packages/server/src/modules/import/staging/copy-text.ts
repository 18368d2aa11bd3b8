/** Characters with a meaning in COPY's text format. NUL cannot be stored, and no file holds one. */
const NEEDS_ESCAPE = /[\\\n\r\t]/;
const ESCAPED = /[\\\n\r\t]/g;
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const NEEDS_CARE_IN_ARRAY = /["\\\n\r\t]/;

/** A column of COPY's text format; null becomes \N. Hand-made because a million rows pass through it. */
export function encodeText(value: string | null | undefined): string {
  if (value == null) {
    return "\\N";
  }
  return NEEDS_ESCAPE.test(value) ? escape(value) : value;
}

/** A text[] column of COPY's text format. */
export function encodeTextArray(values: readonly string[]): string {
  if (values.length === 0) {
    return "{}";
  }
  let text = "{";
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? "";
    const element = NEEDS_CARE_IN_ARRAY.test(value) ? escape(value.replace(/["\\]/g, "\\$&")) : value;
    text += at === 0 ? `"${element}"` : `,"${element}"`;
  }
  return `${text}}`;
}

/** What a cell may hold so that no text made of it needs an escape anywhere, nor more than one byte a character. */
const NOT_PLAIN = /[^ !#-[\]-~]/;

/** Whether the texts of these cells can be written as they are: encodePlainText and encodePlainArray give the same. */
export function isPlain(cells: readonly string[]): boolean {
  return !NOT_PLAIN.test(cells.join(""));
}

/** As encodeText, of a text from plain cells. */
export function encodePlainText(value: string | null | undefined): string {
  return value ?? "\\N";
}

/** As encodeTextArray, of texts from plain cells. */
export function encodePlainArray(values: readonly string[]): string {
  return values.length === 0 ? "{}" : `{"${values.join('","')}"}`;
}

/** A boolean column of COPY's text format. */
export function encodeBoolean(value: boolean | null): string {
  return value === null ? "\\N" : value ? "t" : "f";
}

/** A bytea column of COPY's text format. */
export function encodeBytes(value: Buffer | null): string {
  return value === null ? "\\N" : `\\\\x${value.toString("hex")}`;
}

function escape(value: string): string {
  return value.replace(ESCAPED, (character) => ESCAPES[character] ?? character);
}
