import { parse } from "csv-parse";
import { Readable } from "node:stream";

/** A record of a file, by the names of its header. */
export type Row = Record<string, string>;

/** Reads generated text with a CSV library of its own; throws where a record has another number of cells. */
export async function readRows(csv: AsyncIterable<string>): Promise<Row[]> {
  const rows: Row[] = [];
  const parser = Readable.from(csv).pipe(parse({ columns: true, record_delimiter: "\r\n" }));
  for await (const row of parser) rows.push(row as Row);
  return rows;
}

/** The whole text. */
export async function readText(csv: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const block of csv) text += block;
  return text;
}
