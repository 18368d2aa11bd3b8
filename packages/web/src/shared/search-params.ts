/** A non-empty string of the URL's search, else undefined. */
export function readText(value: unknown): string | undefined {
  // The router parses "?search=42" to a number; here it is text again.
  const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  return typeof text === "string" && text !== "" ? text : undefined;
}

/** A value of the given word table, else undefined: a hand-edited URL never reaches the server. */
export function readChoice<Value extends string>(
  words: Record<Value, unknown>,
  value: unknown,
): Value | undefined {
  return typeof value === "string" && Object.hasOwn(words, value) ? (value as Value) : undefined;
}

/** True or undefined. */
export function readFlag(value: unknown): true | undefined {
  return value === true ? true : undefined;
}
