import type { FileKind } from "../files/header-fields.ts";
import type { RowOfKind } from "../files/parse-file.ts";
import { isPlainRow, type StagingFormat } from "./row-lines.ts";

/**
 * The lines of a batch as bytes. Runs of plain rows are copied as they are; one character beyond ASCII would have the
 * text of the whole batch converted, and one beyond Latin-1 twice as long in memory.
 */
export function toBlock(batch: readonly RowOfKind[FileKind][], format: StagingFormat): Buffer {
  const runs: { text: string; plain: boolean }[] = [];
  let bytes = 0;
  let text = "";
  let plain = true;
  for (const row of batch) {
    const isPlain = isPlainRow(row);
    if (isPlain !== plain && text !== "") {
      runs.push({ text, plain });
      text = "";
    }
    plain = isPlain;
    const line = format.toLine(row, isPlain);
    text += line;
    bytes += isPlain ? line.length : line.length * 3;
  }
  runs.push({ text, plain });
  const block = Buffer.allocUnsafe(bytes);
  let end = 0;
  for (const run of runs) {
    end += block.write(run.text, end, run.plain ? "latin1" : "utf8");
  }
  return block.subarray(0, end);
}
