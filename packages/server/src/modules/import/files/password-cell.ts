import { readStoredHash } from "../../sign-in/index.ts";

/** Stands in a kept row for a password hash that was taken and is kept sealed. */
export const SEALED_MARK = "(sealed)";
/** Stands in a kept row for what may have been a password hash and was not kept. */
export const REMOVED_MARK = "(removed)";

/** A long run of base64 behind a dollar sign, as every format of password hashes has it, or a scheme in braces. */
const hashLike = /\$[\w+/.=-]{16,}|^\{[\w-]+\}/;

/** The text, or a mark in its place where it looks like a password hash: such a text is never kept or shown. */
export function maskHash(text: string): string {
  return hashLike.test(text) ? REMOVED_MARK : text;
}

/** What a cell of the password column holds. `mark` is what is kept of it in the row. */
export interface PasswordCell {
  hash: string | null;
  refused: boolean;
  mark: string;
}

/** Reads a cell of the password column: a hash that a password can be checked against, or nothing of use. */
export function readPasswordCell(cell: string): PasswordCell {
  const text = cell.trim();
  if (text === "") return { hash: null, refused: false, mark: "" };
  // The rows of an upload that are read again have its marks.
  if (text === SEALED_MARK) return { hash: null, refused: false, mark: SEALED_MARK };
  if (text === REMOVED_MARK || typeof readStoredHash(text) === "string") {
    return { hash: null, refused: true, mark: REMOVED_MARK };
  }
  return { hash: text, refused: false, mark: SEALED_MARK };
}
