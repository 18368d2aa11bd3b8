/** What a search box's text asks for: an email that begins so, or a name with words that begin so. */
export interface DirectorySearch {
  /** Pattern for LIKE, its wildcards escaped. */
  emailPattern: string;
  /** Text for to_tsquery('simple', …); null when the text cannot be part of a name. */
  nameQuery: string | null;
}

const longestSearch = 200;

/**
 * Reads a search box. An address (anything with @) is looked for among emails only; a single letter is, too,
 * since names that have a word with it are most names. Returns null for an empty text.
 */
export function parseDirectorySearch(text: string | null | undefined): DirectorySearch | null {
  const trimmed = (text ?? "").trim().slice(0, longestSearch);
  if (trimmed === "") {
    return null;
  }
  return {
    emailPattern: `${trimmed.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`,
    nameQuery: trimmed.includes("@") || trimmed.length < 2 ? null : nameQueryOf(trimmed),
  };
}

/** Only letters and digits enter the query, quoted, so that no text can be read as its operators. */
function nameQueryOf(text: string): string | null {
  const words = text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.length === 0 ? null : words.map((word) => `'${word}':*`).join(" & ");
}
