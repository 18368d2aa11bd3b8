import { createCustomerRowReader } from "./customer-row.ts";
import type { CustomerRow } from "./customer-row.ts";
import { decodeText } from "./decode.ts";
import { DEFAULT_FILE_LIMITS } from "./file-limits.ts";
import type { FileLimits } from "./file-limits.ts";
import type { FileKind } from "./header-fields.ts";
import { matchHeader } from "./header.ts";
import type { ColumnChoice, HeaderMapping } from "./header.ts";
import { createProductUserRowReader } from "./product-user-row.ts";
import type { ProductUserRow } from "./product-user-row.ts";
import { createProjectRowReader } from "./project-row.ts";
import type { ProjectRow } from "./project-row.ts";
import { readRecords } from "./read-records.ts";
import type { CsvRecord } from "./read-records.ts";
import { createRequestRowReader } from "./request-row.ts";
import type { RequestRow } from "./request-row.ts";

/** The row of each file kind. */
export interface RowOfKind {
  CUSTOMERS: CustomerRow;
  REQUESTS: RequestRow;
  PROJECTS: ProjectRow;
  PRODUCT_USERS: ProductUserRow;
}

/**
 * A file whose header was understood. `rows` come in batches of about 1,000 as they are asked for, and throw
 * FileRejection where the file turns out unreadable further down. `header.fileKind` equals `fileKind`.
 */
export type ParsedFile<Kind extends FileKind = FileKind> = {
  [Each in Kind]: {
    fileKind: Each;
    header: HeaderMapping;
    rows: AsyncGenerator<RowOfKind[Each][], void, undefined>;
  };
}[Kind];

/** A file to parse, and what is known of it beforehand. */
export interface FileToParse<Kind extends FileKind = FileKind> {
  /** Blocks of bytes, such as an upload; destroyed when parsing ends early or is refused. */
  stream: AsyncIterable<Uint8Array>;
  /** What the file lists; told by its columns where absent. */
  fileKind?: Kind;
  /** A person's choice of columns, before any matching by name. */
  mapping?: readonly ColumnChoice[];
  limits?: Partial<FileLimits>;
}

/**
 * Reads a file of customers, requests, projects or product users: decodes it, matches its header, and maps each row. Memory stays
 * flat: the next bytes are read when the next batch is asked for. Bad rows come with their problem and stop nothing.
 * @throws FileRejection where the file as a whole cannot be read
 */
export async function parseFile<Kind extends FileKind = FileKind>(
  file: FileToParse<Kind>,
): Promise<ParsedFile<Kind>> {
  const limits = { ...DEFAULT_FILE_LIMITS, ...file.limits };
  const texts = decodeText(file.stream, limits.maxBytes);
  const csv = await readRecords(texts, { limits });
  try {
    const header = matchHeader(csv.header, csv.delimiter, file.fileKind, file.mapping);
    return { fileKind: header.fileKind, header, rows: readRows(csv.records, header) } as ParsedFile<Kind>;
  } catch (error) {
    await texts.return();
    throw error;
  }
}

async function* readRows(
  batches: AsyncGenerator<CsvRecord[], void, undefined>,
  header: HeaderMapping,
): AsyncGenerator<Array<RowOfKind[FileKind]>, void, undefined> {
  const read = createRowReader(header);
  for await (const batch of batches) yield batch.map(read);
}

/** Makes the reader of one row's record, for the file kind and the columns found in its header. */
export function createRowReader(header: HeaderMapping): (record: CsvRecord) => RowOfKind[FileKind] {
  switch (header.fileKind) {
    case "CUSTOMERS":
      return createCustomerRowReader(header);
    case "REQUESTS":
      return createRequestRowReader(header);
    case "PROJECTS":
      return createProjectRowReader(header);
    case "PRODUCT_USERS":
      return createProductUserRowReader(header);
  }
}
