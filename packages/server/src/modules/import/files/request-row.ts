import { canonicalizeEmail } from "../../directory/index.ts";
import { CellFinder } from "./header.ts";
import type { HeaderMapping } from "./header.ts";
import { quoteText } from "./quote-text.ts";
import {
  ACCOUNT_TYPES,
  findCellCountProblem,
  makeMissingValue,
  readChoice,
  readKey,
  readList,
  readText,
} from "./read-cells.ts";
import { readDate } from "./read-date.ts";
import type { CsvRecord } from "./read-records.ts";
import { joinProblems } from "./row-problem.ts";
import type { RowProblem } from "./row-problem.ts";

/**
 * One row of a requests file. Keys are in upper case. `reporterEmail` and `participants` are canonical emails;
 * one that cannot be matched is a `warning` and left out, so that the request itself is still kept.
 * `reporterType` is null where the file says nothing. `createdAt` is ISO 8601 in UTC.
 */
export interface RequestRow {
  rowNumber: number;
  cells: string[];
  state: "ok" | "bad";
  key: string | null;
  projectKey: string | null;
  reporterEmail: string | null;
  rawReporterEmail: string;
  reporterType: "PORTAL_ONLY" | "ATLASSIAN_ACCOUNT" | null;
  participants: string[];
  summary: string | null;
  createdAt: string | null;
  problem?: RowProblem;
  warning?: string;
}

/** Makes the reader of a requests file's rows, for the columns found in its header. */
export function createRequestRowReader(mapping: HeaderMapping): (record: CsvRecord) => RequestRow {
  const finder = new CellFinder(mapping);
  const at = {
    key: finder.indexOf("key"),
    project: finder.indexOf("project"),
    reporterEmail: finder.indexOf("reporterEmail"),
    reporterAccountType: finder.indexOf("reporterAccountType"),
    participants: finder.indexOf("participants"),
    summary: finder.indexOf("summary"),
    created: finder.indexOf("created"),
  };
  return (record) => {
    const { rowNumber, cells } = record;
    const rawReporterEmail = cells[at.reporterEmail] ?? "";
    const unreadable = record.problem ?? findCellCountProblem(record, mapping);
    if (unreadable !== undefined) return emptyRow(record, rawReporterEmail.trim(), unreadable);
    const problems: RowProblem[] = [];
    const warnings: string[] = [];
    const row: RequestRow = {
      rowNumber,
      cells,
      state: "ok",
      key: readRequired(cells[at.key] ?? "", finder.headerOf("key"), problems),
      projectKey: readRequired(cells[at.project] ?? "", finder.headerOf("project"), problems),
      reporterEmail: readReporter(rawReporterEmail, warnings),
      rawReporterEmail: rawReporterEmail.trim(),
      reporterType: readChoice(
        cells[at.reporterAccountType] ?? "",
        ACCOUNT_TYPES,
        finder.headerOf("reporterAccountType"),
        problems,
      ),
      participants: readParticipants(cells[at.participants] ?? "", warnings),
      summary: readText(cells[at.summary] ?? ""),
      createdAt: readDate(cells[at.created] ?? "", finder.headerOf("created"), problems),
    };
    const joined = joinProblems(problems);
    if (joined !== undefined) {
      row.state = "bad";
      row.problem = joined;
    }
    if (warnings.length > 0) row.warning = warnings.join(" ");
    return row;
  };
}

function readRequired(cell: string, header: string, problems: RowProblem[]): string | null {
  const key = readKey(cell);
  if (key !== "") return key;
  problems.push(makeMissingValue(header));
  return null;
}

function readReporter(cell: string, warnings: string[]): string | null {
  const judged = canonicalizeEmail(cell);
  if (judged.status !== "ok") {
    warnings.push(`The request belongs to nobody, because its reporter cannot be matched. ${judged.reason}`);
    return null;
  }
  if (judged.lookalike !== undefined) warnings.push(judged.lookalike);
  return judged.email;
}

function readParticipants(cell: string, warnings: string[]): string[] {
  const emails = new Set<string>();
  for (const written of readList(cell)) {
    const judged = canonicalizeEmail(written);
    if (judged.status === "ok") emails.add(judged.email);
    else warnings.push(`The participant ${quoteText(written)} is left out. ${judged.reason}`);
  }
  return [...emails];
}

function emptyRow(record: CsvRecord, rawReporterEmail: string, fault: RowProblem): RequestRow {
  return {
    rowNumber: record.rowNumber,
    cells: record.cells,
    state: "bad",
    key: null,
    projectKey: null,
    reporterEmail: null,
    rawReporterEmail,
    reporterType: null,
    participants: [],
    summary: null,
    createdAt: null,
    problem: fault,
  };
}
