import { CellFinder } from "./header.ts";
import type { HeaderMapping } from "./header.ts";
import { judgeEmail } from "./judge-email.ts";
import {
  ACCOUNT_TYPES,
  createListReader,
  findCellCountProblem,
  makeChoice,
  makeMissingValue,
  readChoice,
  readKey,
  readList,
  readText,
  trimCell,
  YES_OR_NO,
} from "./read-cells.ts";
import type { CsvRecord } from "./read-records.ts";
import { makeProblem } from "./row-problem.ts";
import type { RowProblem } from "./row-problem.ts";

export type CustomerKind = "PERSON" | "DISTRIBUTION_LIST" | "BOT";
export type CustomerAccountType = "PORTAL_ONLY" | "ATLASSIAN_ACCOUNT";

/**
 * One row of a customers file. Rows that are not `ok` carry a `problem`, and what could be read all the same.
 * `email` is canonical or null; `rawEmail` is the cell without outer spaces. `customerRole` is null for a
 * portal-only row, true for an Atlassian account unless the file says no. `kind` is null where the file says
 * nothing. `cells` are the input row without formula guard. `warning` changes nothing.
 */
export interface CustomerRow {
  rowNumber: number;
  cells: string[];
  state: "ok" | "bad" | "invalid_email" | "unsupported_email";
  email: string | null;
  rawEmail: string;
  name: string | null;
  accountType: CustomerAccountType | null;
  customerRole: boolean | null;
  projectKeys: readonly string[];
  organizations: readonly string[];
  active: boolean;
  kind: CustomerKind | null;
  problem?: RowProblem;
  warning?: string;
}

/** What an address is, as files write it. */
export const KINDS = makeChoice<CustomerKind>([
  ["person", "PERSON"],
  ["distribution list", "DISTRIBUTION_LIST"],
  ["bot", "BOT"],
]);

/** What ids of portal-only accounts begin with in exports. */
const PORTAL_ONLY_ID = "qm:";

/** Makes the reader of a customers file's rows, for the columns found in its header. */
export function createCustomerRowReader(mapping: HeaderMapping): (record: CsvRecord) => CustomerRow {
  const finder = new CellFinder(mapping);
  const at = {
    email: finder.indexOf("email"),
    name: finder.indexOf("name"),
    accountType: finder.indexOf("accountType"),
    accountId: finder.indexOf("accountId"),
    customerRole: finder.indexOf("customerRole"),
    projects: finder.indexOf("projects"),
    organizations: finder.indexOf("organizations"),
    active: finder.indexOf("active"),
    kind: finder.indexOf("kind"),
  };
  const headers = {
    email: finder.headerOf("email"),
    customerRole: finder.headerOf("customerRole"),
    active: finder.headerOf("active"),
    kind: finder.headerOf("kind"),
  };
  const readProjects = createListReader(readKey);
  return (record) => {
    const { rowNumber, cells } = record;
    const rawEmail = cells[at.email] ?? "";
    const unreadable = record.problem ?? findCellCountProblem(record, mapping);
    if (unreadable !== undefined) return emptyRow(record, rawEmail.trim(), unreadable);
    const problems: RowProblem[] = [];
    const accountType = readAccountType(
      cells[at.accountType] ?? "",
      cells[at.accountId] ?? "",
      finder,
      problems,
    );
    const role = readChoice(cells[at.customerRole] ?? "", YES_OR_NO, headers.customerRole, problems);
    const row: CustomerRow = {
      rowNumber,
      cells,
      state: "ok",
      email: null,
      rawEmail: trimCell(rawEmail),
      name: readText(cells[at.name] ?? ""),
      accountType,
      customerRole: accountType === "ATLASSIAN_ACCOUNT" ? (role ?? true) : null,
      projectKeys: readProjects(cells[at.projects] ?? ""),
      organizations: readList(cells[at.organizations] ?? ""),
      active: readChoice(cells[at.active] ?? "", YES_OR_NO, headers.active, problems) ?? true,
      kind: readChoice(cells[at.kind] ?? "", KINDS, headers.kind, problems),
    };
    judgeEmail(row, rawEmail, headers.email, problems);
    return row;
  };
}

function readAccountType(
  typeCell: string,
  idCell: string,
  finder: CellFinder,
  problems: RowProblem[],
): CustomerAccountType | null {
  const before = problems.length;
  const written = readChoice(typeCell, ACCOUNT_TYPES, finder.headerOf("accountType"), problems);
  if (problems.length > before) return null;
  const id = trimCell(idCell);
  const told =
    id === "" ? null : id.toLowerCase().startsWith(PORTAL_ONLY_ID) ? "PORTAL_ONLY" : "ATLASSIAN_ACCOUNT";
  if (written === null && told === null) {
    const field = finder.indexOf("accountType") === -1 ? "accountId" : "accountType";
    problems.push(makeMissingValue(finder.headerOf(field)));
    return null;
  }
  if (written !== null && told !== null && written !== told) {
    const message = `The account type does not fit the account id: ids of portal-only accounts begin with “${PORTAL_ONLY_ID}”, others do not. Correct one of the two cells.`;
    problems.push(makeProblem(finder.headerOf("accountType"), "CONTRADICTION", message));
    return null;
  }
  return written ?? told;
}

function emptyRow(record: CsvRecord, rawEmail: string, fault: RowProblem): CustomerRow {
  return {
    rowNumber: record.rowNumber,
    cells: record.cells,
    state: "bad",
    email: null,
    rawEmail,
    name: null,
    accountType: null,
    customerRole: null,
    projectKeys: [],
    organizations: [],
    active: true,
    kind: null,
    problem: fault,
  };
}
