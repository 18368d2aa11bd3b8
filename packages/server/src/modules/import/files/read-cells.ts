import { quoteText } from "./quote-text.ts";
import { makeProblem } from "./row-problem.ts";
import type { RowProblem } from "./row-problem.ts";
import type { CsvRecord } from "./read-records.ts";
import type { HeaderMapping } from "./header.ts";

/** The words a cell may hold, as they are documented, and what each means, by the word and by its lower case. */
export interface Choice<Value> {
  words: readonly string[];
  meanings: ReadonlyMap<string, Value>;
}

/** Makes a choice from documented words and what each means. */
export function makeChoice<Value>(
  entries: ReadonlyArray<readonly [word: string, value: Value]>,
): Choice<Value> {
  const inLowerCase = entries.map(([word, value]) => [word.toLowerCase(), value] as const);
  return { words: entries.map(([word]) => word), meanings: new Map([...entries, ...inLowerCase]) };
}

/** `yes` and `no`. */
export const YES_OR_NO = makeChoice<boolean>([
  ["yes", true],
  ["no", false],
]);

/** The two account types as files write them. */
export const ACCOUNT_TYPES = makeChoice<"PORTAL_ONLY" | "ATLASSIAN_ACCOUNT">([
  ["portal-only", "PORTAL_ONLY"],
  ["Atlassian account", "ATLASSIAN_ACCOUNT"],
]);

/**
 * What a cell means, matched without case and outer spaces. An empty cell is null.
 * @param problems receives an UNKNOWN_VALUE where the word is none of the choice
 */
export function readChoice<Value>(
  cell: string,
  choice: Choice<Value>,
  header: string,
  problems: RowProblem[],
): Value | null {
  if (cell === "") return null;
  const exact = choice.meanings.get(cell);
  if (exact !== undefined) return exact;
  const word = trimCell(cell);
  if (word === "") return null;
  const value = choice.meanings.get(word.toLowerCase());
  if (value !== undefined) return value;
  problems.push(describeUnknown(word, choice, header));
  return null;
}

/**
 * The entries of a cell divided by `|`, outer spaces and empty entries dropped, each once, in file order.
 * @param read brings an entry into the form in which equal ones are one, such as `readKey`
 */
export function readList(cell: string, read: (entry: string) => string = trimCell): string[] {
  if (cell === "") return [];
  if (!cell.includes("|")) {
    const only = read(cell);
    return only === "" ? [] : [only];
  }
  const entries = new Set<string>();
  for (const entry of cell.split("|")) entries.add(read(entry));
  entries.delete("");
  return [...entries];
}

/**
 * A key in its one form: without outer spaces, a to z in upper case. Other letters stay, because the full rules
 * would turn some of them into ASCII ones, and so one key into another.
 */
export function readKey(cell: string): string {
  const key = trimCell(cell);
  return /[a-z]/.test(key) ? key.replace(/[a-z]+/g, (letters) => letters.toUpperCase()) : key;
}

/**
 * Makes a reader of lists (see readList) that keeps the first ones it read, for a column whose cells are the same
 * few in every row. Rows share their lists, so nobody may change one.
 */
export function createListReader(read?: (entry: string) => string): (cell: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (cell) => {
    const before = known.get(cell);
    if (before !== undefined) return before;
    const list = readList(cell, read);
    // Copies, because a part of a text keeps the whole text in memory.
    if (known.size < KEPT_LISTS && cell.length <= KEPT_CELL) known.set(copyText(cell), list.map(copyText));
    return list;
  };
}

const KEPT_LISTS = 1000;
const KEPT_CELL = 256;

function copyText(text: string): string {
  return Buffer.from(text).toString();
}

/** The text without outer spaces, as `trim` gives it; asks it only where the text could begin or end with one. */
export function trimCell(text: string): string {
  return isInk(text.charCodeAt(0)) && isInk(text.charCodeAt(text.length - 1)) ? text : text.trim();
}

/** Whether a character is a visible one of ASCII; false for none at all. */
function isInk(code: number): boolean {
  return code > 32 && code < 127;
}

/** The text of a cell without outer spaces, null where it is empty. */
export function readText(cell: string): string | null {
  const text = trimCell(cell);
  return text === "" ? null : text;
}

/** The fault of a row that has none of its own yet but another number of cells than the header. */
export function findCellCountProblem(record: CsvRecord, mapping: HeaderMapping): RowProblem | undefined {
  const { length } = record.cells;
  const expected = mapping.columns.length;
  if (length === expected) return undefined;
  const many = length === 1 ? "cell" : "cells";
  const cause =
    length > expected
      ? "A cell that contains the delimiter must stand in quotes."
      : "Add the missing cells; an empty one still needs its delimiter.";
  return makeProblem(
    null,
    "CELL_COUNT",
    `Row ${record.rowNumber} has ${length} ${many}, the header has ${expected}. ${cause}`,
  );
}

/** The fault of a row whose required cell is empty. */
export function makeMissingValue(column: string): RowProblem {
  return makeProblem(
    column,
    "MISSING_VALUE",
    `The column ${quoteText(column)} is empty in this row. Fill it in.`,
  );
}

function describeUnknown(word: string, choice: Choice<unknown>, header: string): RowProblem {
  const known = choice.words.map((key) => `“${key}”`).join(" or ");
  return makeProblem(
    header,
    "UNKNOWN_VALUE",
    `The column ${quoteText(header)} has the unknown value ${quoteText(word)}. Write ${known}, or leave the cell empty where the column allows it.`,
  );
}
