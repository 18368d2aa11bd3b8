import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { parse } from "csv-parse";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

/**
 * The limit of staging: the same file through csv-parse into a table of plain text columns by COPY, without decoding
 * rules, checks, keys and judging.
 * @returns seconds
 */
export async function runBareStaging(client: pg.Client, file: string, columns: number): Promise<number> {
  const names = Array.from({ length: columns }, (_, index) => `c${index} text`).join(", ");
  await client.query(`create temporary table bare_row (${names})`);
  const started = performance.now();
  const parser = createReadStream(file).pipe(parse({ relax_column_count: true, bom: true }));
  await pipeline(
    parser,
    (records) => toLines(records, columns),
    client.query(copyFrom("copy bare_row from stdin")),
  );
  const seconds = (performance.now() - started) / 1000;
  await client.query("drop table bare_row");
  return seconds;
}

async function* toLines(records: AsyncIterable<string[]>, columns: number): AsyncGenerator<Buffer> {
  let text = "";
  for await (const record of records) {
    const cells =
      record.length === columns ? record : Array.from({ length: columns }, (_, at) => record[at] ?? "");
    text += `${cells.map(escape).join("\t")}\n`;
    if (text.length > 65_536) {
      yield Buffer.from(text);
      text = "";
    }
  }
  yield Buffer.from(text);
}

const escapes: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escape(cell: string): string {
  return /[\\\n\r\t]/.test(cell)
    ? cell.replaceAll(/[\\\n\r\t]/g, (character) => escapes[character] ?? "")
    : cell;
}
