/** Why a whole file was refused. A closed set: screens and clients may switch on it. */
export const FILE_REJECTION_CODES = [
  "EMPTY_FILE",
  "NOT_CSV",
  "UTF_16",
  "UTF_32",
  "INVALID_UTF_8",
  "NUL_CHARACTER",
  "TOO_LARGE",
  "TOO_MANY_ROWS",
  "TOO_MANY_COLUMNS",
  "HEADER_UNREADABLE",
  "DUPLICATE_HEADER",
  "MISSING_COLUMN",
  "INVALID_MAPPING",
] as const;

export type FileRejectionCode = (typeof FILE_REJECTION_CODES)[number];

/**
 * Refuses a whole file, because no row of it could be trusted. `message` says what is wrong and what to do;
 * `line` is the physical line, counted from 1, where that is known.
 */
export class FileRejection extends Error {
  readonly code: FileRejectionCode;
  readonly line?: number;

  constructor(code: FileRejectionCode, message: string, line?: number) {
    super(message);
    this.name = "FileRejection";
    this.code = code;
    if (line !== undefined) this.line = line;
  }
}
