import { emptyFile } from "./decode.ts";
import { detectDelimiter, readSeparatorLine } from "./delimiter.ts";
import type { Delimiter } from "./delimiter.ts";
import { divideCells } from "./divide-cells.ts";
import { DEFAULT_FILE_LIMITS } from "./file-limits.ts";
import type { FileLimits } from "./file-limits.ts";
import { FileRejection } from "./file-rejection.ts";
import { KEPT_OF_LARGE_RECORD, RecordScanner } from "./record-scanner.ts";
import type { RecordFault, ScannedRecord } from "./record-scanner.ts";
import type { RowProblem } from "./row-problem.ts";

/**
 * One row of a file. `rowNumber` counts records, the header being 1; blank lines are counted but are no rows.
 * `cells` carry no formula guard. Where `problem` is set, the cells are only what could be told apart.
 */
export interface CsvRecord {
  rowNumber: number;
  cells: string[];
  problem?: RowProblem;
}

/** A file whose header was read; the rows are read as they are asked for. */
export interface CsvFile {
  delimiter: Delimiter;
  header: string[];
  /** The rows below the header, in batches. Throws FileRejection where the file turns out unreadable. */
  records: AsyncGenerator<CsvRecord[], void, undefined>;
}

/** How rows are handed out, beside the limits of the file. */
export interface ReadOptions {
  limits?: Partial<FileLimits>;
  /** Rows in a batch, 1,000 unless told; long rows make smaller ones. */
  batchRows?: number;
}

/** Characters in a batch, so that a batch of long rows stays small. */
const BATCH_CHARACTERS = 1024 * 1024;

/**
 * Reads records of RFC 4180 from decoded text. Reads the header at once and the rest as it is asked for; a row
 * that cannot be read is handed on with its problem and stops nothing.
 * @param texts blocks of any size, as `decodeText` gives them; closed when reading ends early
 * @throws FileRejection for a file without a header or beyond its limits
 */
export async function readRecords(
  texts: AsyncGenerator<string, void, undefined>,
  options: ReadOptions = {},
): Promise<CsvFile> {
  const limits = { ...DEFAULT_FILE_LIMITS, ...options.limits };
  const scanner = new RecordScanner(limits.maxRecordBytes);
  try {
    let first = await readHeaderRecord(texts, scanner);
    const named = readSeparatorLine(first.text);
    if (named !== null) {
      scanner.useDelimiter(named);
      first = await readHeaderRecord(texts, scanner);
    }
    scanner.numberHeader();
    const delimiter = named ?? detectDelimiter(first.text);
    scanner.useDelimiter(delimiter);
    const header = splitHeader(first, delimiter, limits);
    const records = readBatches({ texts, scanner, delimiter, limits, batchRows: options.batchRows ?? 1000 });
    return { delimiter, header, records };
  } catch (error) {
    await texts.return();
    throw error;
  }
}

async function readHeaderRecord(
  texts: AsyncGenerator<string, void, undefined>,
  scanner: RecordScanner,
): Promise<ScannedRecord> {
  for (;;) {
    const record = scanner.next();
    if (record !== null) return record;
    if (scanner.isOverLimit) throw headerTooLong();
    const block = await texts.next();
    if (block.done === true) break;
    scanner.feed(block.value);
  }
  const last = scanner.end();
  if (last === null) throw emptyFile();
  return last;
}

function splitHeader(record: ScannedRecord, delimiter: Delimiter, limits: FileLimits): string[] {
  const { fault } = record;
  if (fault?.code === "RECORD_TOO_LARGE") throw headerTooLong();
  if (fault !== null) {
    throw new FileRejection(
      "HEADER_UNREADABLE",
      `The header, row 1, cannot be read: ${describeQuoteFault(fault)} Correct the quotes in the header and upload the file again.`,
    );
  }
  const header = divideCells(record, delimiter);
  if (header.length > limits.maxColumns) {
    throw new FileRejection(
      "TOO_MANY_COLUMNS",
      `The header has ${header.length} columns; at most ${limits.maxColumns} can be read. Remove the columns that are not needed.`,
    );
  }
  return header;
}

async function* readBatches(reading: {
  texts: AsyncGenerator<string, void, undefined>;
  scanner: RecordScanner;
  delimiter: Delimiter;
  limits: FileLimits;
  batchRows: number;
}): AsyncGenerator<CsvRecord[], void, undefined> {
  const { texts, scanner, delimiter, limits, batchRows } = reading;
  let batch: CsvRecord[] = [];
  let characters = 0;
  let rows = 0;
  try {
    for (let isOpen = true; isOpen;) {
      for (let record = scanner.next(); record !== null; record = scanner.next()) {
        if (++rows > limits.maxRows) throw tooManyRows(limits.maxRows);
        batch.push(toCsvRecord(record, delimiter, limits));
        characters += record.text.length;
        if (batch.length < batchRows && characters < BATCH_CHARACTERS) continue;
        yield batch;
        batch = [];
        characters = 0;
      }
      const block = await texts.next();
      if (block.done === true) isOpen = false;
      else scanner.feed(block.value);
    }
    const last = scanner.end();
    if (last !== null && ++rows > limits.maxRows) throw tooManyRows(limits.maxRows);
    if (last !== null) batch.push(toCsvRecord(last, delimiter, limits));
    if (batch.length > 0) yield batch;
  } finally {
    await texts.return();
  }
}

function toCsvRecord(record: ScannedRecord, delimiter: Delimiter, limits: FileLimits): CsvRecord {
  const row: CsvRecord = { rowNumber: record.rowNumber, cells: divideCells(record, delimiter) };
  if (record.fault !== null) row.problem = toProblem(record.fault, record.rowNumber, limits);
  return row;
}

function toProblem(fault: RecordFault, rowNumber: number, limits: FileLimits): RowProblem {
  if (fault.code === "RECORD_TOO_LARGE") {
    const quotes =
      fault.lineEnds > 0
        ? ` Lines were joined by quotes (the last ones open in column ${fault.column}); a quote may be missing there.`
        : "";
    return {
      column: null,
      code: fault.code,
      message: `Row ${rowNumber} is longer than ${limits.maxRecordBytes} bytes, so only its first ${Math.min(KEPT_OF_LARGE_RECORD, limits.maxRecordBytes)} characters are kept.${quotes} Shorten the row in the original file.`,
    };
  }
  return {
    column: null,
    code: fault.code,
    message: `Row ${rowNumber} cannot be read: ${describeQuoteFault(fault)} Correct the quotes; a quote inside a quoted cell is written twice.`,
  };
}

function describeQuoteFault(fault: RecordFault): string {
  if (fault.code === "TEXT_AFTER_QUOTE")
    return `there is text after the closing quote of column ${fault.column}.`;
  const swallowed =
    fault.code === "QUOTE_NOT_CLOSED" && fault.lineEnds > 0
      ? ` Everything up to the end of the file (${fault.lineEnds} line ends) was read as part of it.`
      : "";
  return `the quote that opens in column ${fault.column} is never closed.${swallowed}`;
}

function headerTooLong(): FileRejection {
  return new FileRejection(
    "HEADER_UNREADABLE",
    "The first line is too long for a header. Check that this is a CSV file with one row on each line, and that no quote is left open.",
  );
}

function tooManyRows(maxRows: number): FileRejection {
  return new FileRejection(
    "TOO_MANY_ROWS",
    `The file has more than ${maxRows.toLocaleString("en-US")} rows. Split it into several files with the same header and upload them one after the other.`,
  );
}
