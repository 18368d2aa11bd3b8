import type { FileLimits } from "../../packages/server/src/modules/import/files/file-limits.ts";
import { FileRejection } from "../../packages/server/src/modules/import/files/file-rejection.ts";
import type { FileRejectionCode } from "../../packages/server/src/modules/import/files/file-rejection.ts";
import type { FileKind } from "../../packages/server/src/modules/import/files/header-fields.ts";
import type { ColumnChoice, HeaderMapping } from "../../packages/server/src/modules/import/files/header.ts";
import { parseFile } from "../../packages/server/src/modules/import/files/parse-file.ts";
import type { RowOfKind } from "../../packages/server/src/modules/import/files/parse-file.ts";

export type AnyRow = RowOfKind[FileKind];

/** A file and what must come of it: one rejection, or the rows, each as `summarize` writes it. */
export interface FileCase {
  name: string;
  file: string | Buffer | (() => Buffer);
  fileKind?: FileKind;
  mapping?: readonly ColumnChoice[];
  limits?: Partial<FileLimits>;
  rejected?: { code: FileRejectionCode; message: RegExp; line?: number };
  rows?: readonly string[];
  /** What the problem or warning of the first row that has one must name. */
  says?: RegExp;
}

export type Outcome = { rejection: FileRejection } | { header: HeaderMapping; rows: AnyRow[] };

/** The bytes of a case; large files are made only when asked for. */
export function bytesOf({ file }: Pick<FileCase, "file">): Buffer {
  return typeof file === "function" ? file() : Buffer.from(file as string);
}

/** Parses a case's file in blocks of so many bytes. */
export async function parseCase(
  given: Pick<FileCase, "file" | "fileKind" | "mapping" | "limits">,
  blockBytes = 64 * 1024,
): Promise<Outcome> {
  const rows: AnyRow[] = [];
  try {
    const { fileKind, mapping, limits } = given;
    const stream = cut(bytesOf(given), blockBytes);
    const parsed = await parseFile({ stream, fileKind, mapping, limits });
    for await (const batch of parsed.rows) rows.push(...batch);
    return { header: parsed.header, rows };
  } catch (error) {
    if (error instanceof FileRejection) return { rejection: error };
    throw error;
  }
}

/** A row in one line: number, state, who or what, and the code of its problem. */
export function summarize(row: AnyRow): string {
  const who = "rawEmail" in row ? (row.email ?? row.rawEmail) : (row.key ?? "-");
  const parts = [String(row.rowNumber), row.state, who === "" ? "-" : who.slice(0, 40)];
  if (row.problem !== undefined) parts.push(row.problem.code);
  if ("warning" in row && row.warning !== undefined) parts.push("WARNING");
  return parts.join(" ");
}

async function* cut(bytes: Buffer, blockBytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += blockBytes) yield bytes.subarray(at, at + blockBytes);
}
