import type { Delimiter } from "./delimiter.ts";
import { FileRejection } from "./file-rejection.ts";
import { KNOWN_FIELDS, REQUIRED_FIELDS, SITE_FILE_KINDS } from "./header-fields.ts";
import type { FileKind, KnownField } from "./header-fields.ts";
import { maskHash } from "./password-cell.ts";
import { quoteNames, quoteText } from "./quote-text.ts";

/** One column of a file: its header without outer spaces, and the field it is read as, null where it is ignored. */
export interface HeaderColumn {
  header: string;
  index: number;
  field: string | null;
  matchedBy: "exact" | "synonym" | "user" | "none";
}

/**
 * How the columns of a file are read. `isCorrection`: the right-most column is `Error`, so this is a
 * `Failed.csv` that was fixed and uploaded again.
 */
export interface HeaderMapping {
  fileKind: FileKind;
  columns: HeaderColumn[];
  isCorrection: boolean;
  delimiter: Delimiter;
}

/** A person's own choice for one column, by its header: a field of the file kind, or null to ignore the column. */
export interface ColumnChoice {
  header: string;
  field: string | null;
}

/**
 * Finds what each column is. Headers match without case and outer spaces; names known from exports match
 * after that; a person's choice comes before both. Unknown columns are kept and ignored.
 * @param header the cells of the first row
 * @param fileKind what the file is said to be; told by its columns where absent, among the kinds that go to a site
 * @throws FileRejection for a repeated header, a missing column, or a choice that fits nothing
 */
export function matchHeader(
  header: readonly string[],
  delimiter: Delimiter,
  fileKind?: FileKind,
  choices: readonly ColumnChoice[] = [],
): HeaderMapping {
  // Without a header row the first person's cells stand here, and what is refused names them.
  const headers = header.map((cell) => (fileKind === "PRODUCT_USERS" ? maskHash(cell.trim()) : cell.trim()));
  refuseDuplicates(headers);
  const isCorrection = toKey(headers.at(-1) ?? "") === "error";
  const tried = (fileKind === undefined ? SITE_FILE_KINDS : [fileKind]).map((kind) => {
    const usable = choices.filter(
      ({ field }) => fileKind !== undefined || field === null || isFieldOf(kind, field),
    );
    const columns = matchColumns(headers, kind, usable);
    return {
      fileKind: kind,
      columns,
      missing: findMissing(kind, columns),
      matched: columns.filter(isMatched).length,
    };
  });
  // The kind whose required columns are there; of several, the one that knows most of the columns.
  const [best] = tried.sort((a, b) => a.missing.length - b.missing.length || b.matched - a.matched);
  if (best === undefined || best.missing.length > 0)
    throw missingColumns(headers, best?.missing ?? [], fileKind);
  refuseLostChoices(best.columns, choices);
  return { fileKind: best.fileKind, columns: best.columns, isCorrection, delimiter };
}

/** Finds cells of a record by field; cells of absent columns are "". */
export class CellFinder {
  private readonly indexes: Map<string, number>;
  private readonly headers: Map<string, string>;

  constructor(mapping: HeaderMapping) {
    const matched = mapping.columns.filter(isMatched);
    this.indexes = new Map(matched.map(({ field, index }) => [field ?? "", index]));
    this.headers = new Map(matched.map(({ field, header }) => [field ?? "", header]));
  }

  /** The position of a field's column, or -1: rows are many, so look it up once. */
  indexOf(field: string): number {
    return this.indexes.get(field) ?? -1;
  }

  /** The header of a field's column as the file writes it, for messages; the field where it has none. */
  headerOf(field: string): string {
    return this.headers.get(field) ?? field;
  }
}

function matchColumns(
  headers: readonly string[],
  kind: FileKind,
  choices: readonly ColumnChoice[],
): HeaderColumn[] {
  const columns: HeaderColumn[] = headers.map((header, index) => ({
    header,
    index,
    field: null,
    matchedBy: "none",
  }));
  const chosen = new Set<number>();
  for (const choice of choices) {
    const column = columns.find(({ header }) => toKey(header) === toKey(choice.header));
    if (column === undefined) throw invalidMapping(`the file has no column ${quoteText(choice.header)}`);
    if (choice.field !== null && !isFieldOf(kind, choice.field)) {
      throw invalidMapping(`${quoteText(choice.field)} is no field of this file`);
    }
    if (chosen.has(column.index))
      throw invalidMapping(`the column ${quoteText(column.header)} is mapped twice`);
    if (choice.field !== null && isTaken(columns, choice.field)) {
      throw invalidMapping(`two columns are mapped to ${quoteText(choice.field)}`);
    }
    chosen.add(column.index);
    column.field = choice.field;
    column.matchedBy = "user";
  }
  const open = columns.filter(({ index }) => !chosen.has(index));
  assign(open, columns, kind, "exact", (known, header) => known.header === toKey(header));
  assign(open, columns, kind, "synonym", (known, header) => isSynonym(known, header));
  return columns;
}

function assign(
  open: readonly HeaderColumn[],
  all: readonly HeaderColumn[],
  kind: FileKind,
  matchedBy: "exact" | "synonym",
  matches: (known: KnownField, header: string) => boolean,
): void {
  for (const column of open) {
    if (column.field !== null) continue;
    const known = KNOWN_FIELDS[kind].find((candidate) => matches(candidate, column.header));
    if (known === undefined || isTaken(all, known.field)) continue;
    column.field = known.field;
    column.matchedBy = matchedBy;
  }
}

function isSynonym(known: KnownField, header: string): boolean {
  const name = toKey(header).replace(/[\s_]+/g, " ");
  return name === known.header || known.synonyms.includes(name);
}

function isTaken(columns: readonly HeaderColumn[], field: string): boolean {
  return columns.some((column) => column.field === field);
}

function isMatched(column: HeaderColumn): boolean {
  return column.field !== null;
}

function isFieldOf(kind: FileKind, field: string): boolean {
  return KNOWN_FIELDS[kind].some((known) => known.field === field);
}

function findMissing(kind: FileKind, columns: readonly HeaderColumn[]): string[] {
  return REQUIRED_FIELDS[kind]
    .filter((group) => !group.some((field) => isTaken(columns, field)))
    .map((group) => KNOWN_FIELDS[kind].find(({ field }) => field === group[0])?.header ?? "");
}

/** A choice that a told-by-columns kind cannot know must not be dropped in silence. */
function refuseLostChoices(columns: readonly HeaderColumn[], choices: readonly ColumnChoice[]): void {
  for (const { header, field } of choices) {
    if (field !== null && !isTaken(columns, field)) {
      throw invalidMapping(
        `${quoteText(field)} for the column ${quoteText(header)} is no field of this file`,
      );
    }
  }
}

function refuseDuplicates(headers: readonly string[]): void {
  const seen = new Set<string>();
  const repeated = new Map<string, string>();
  for (const header of headers) {
    const key = toKey(header);
    // Columns without a name cannot be told apart, but none of them is read.
    if (key !== "" && seen.has(key)) repeated.set(key, header);
    seen.add(key);
  }
  if (repeated.size === 0) return;
  throw new FileRejection(
    "DUPLICATE_HEADER",
    `The header has more than one column named ${quoteNames([...repeated.values()])} (case and outer spaces aside). Rename or remove the extra columns, so that each name stands once.`,
  );
}

function missingColumns(
  headers: readonly string[],
  missing: readonly string[],
  fileKind?: FileKind,
): FileRejection {
  const many = missing.length > 1;
  const found = headers.filter((header) => header !== "");
  const list = fileKind === undefined ? "" : ` of a file of ${fileKind.toLowerCase().replace("_", " ")}`;
  return new FileRejection(
    "MISSING_COLUMN",
    `The required column${many ? "s" : ""} ${quoteNames(missing)}${list} ${many ? "are" : "is"} missing. Found: ${found.length > 0 ? quoteNames(found) : "no column with a name"}. Add ${many ? "them" : "it"} to the first row, or choose which column it is.`,
  );
}

function invalidMapping(cause: string): FileRejection {
  return new FileRejection(
    "INVALID_MAPPING",
    `The chosen columns do not fit: ${cause}. Choose the columns again.`,
  );
}

function toKey(header: string): string {
  return header.trim().toLowerCase();
}
