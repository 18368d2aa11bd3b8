import { canonicalizeEmail } from "../../directory/index.ts";
import { KINDS, type CustomerKind } from "./customer-row.ts";
import { CellFinder } from "./header.ts";
import type { HeaderMapping } from "./header.ts";
import { judgeEmail } from "./judge-email.ts";
import { maskHash, readPasswordCell, REMOVED_MARK } from "./password-cell.ts";
import { findCellCountProblem, makeChoice, readChoice, readText, trimCell, YES_OR_NO } from "./read-cells.ts";
import { readDate } from "./read-date.ts";
import type { CsvRecord } from "./read-records.ts";
import { makeProblem } from "./row-problem.ts";
import type { RowProblem } from "./row-problem.ts";
import { quoteText } from "./quote-text.ts";

/** How a login signs in at its product. */
export type LoginAuthentication = "PASSWORD" | "TOKEN";

/**
 * One row of a product users file. Rows that are not `ok` carry a `problem`, and what could be read all the same. What
 * the file does not say is null. `cells` are the input row without formula guard and without anything that is or may
 * be a password hash; the hash itself is in `passwordHash`, of `ok` rows alone, and goes nowhere but into its seal.
 */
export interface ProductUserRow {
  rowNumber: number;
  cells: string[];
  state: "ok" | "bad" | "invalid_email" | "unsupported_email";
  email: string | null;
  rawEmail: string;
  /** Tells apart logins of one address; empty where there is only one. */
  loginName: string;
  name: string | null;
  role: string | null;
  active: boolean | null;
  toldVerified: boolean | null;
  lastActiveAt: string | null;
  kind: CustomerKind | null;
  authentication: LoginAuthentication | null;
  passwordHash: string | null;
  /** The file has a hash that no password can be checked against. */
  hashRefused: boolean;
  problem?: RowProblem;
  warning?: string;
}

const STATUSES = makeChoice<boolean>([
  ["active", true],
  ["inactive", false],
  ["deactivated", false],
  ["suspended", false],
]);

const AUTHENTICATIONS = makeChoice<LoginAuthentication>([
  ["password", "PASSWORD"],
  ["token", "TOKEN"],
]);

/** The unique index of logins holds no more than some 2,700 bytes. */
const LOGIN_NAME_LIMIT = 255;

const FIELDS = [
  "email",
  "name",
  "role",
  "status",
  "verified",
  "lastActive",
  "kind",
  "passwordHash",
  "loginName",
  "authentication",
] as const;
type Field = (typeof FIELDS)[number];

/** Where each field stands, and under which header. */
interface Columns {
  at: Record<Field, number>;
  headers: Record<Field, string>;
  /** Every column's header by place, for messages about any of them. */
  names: readonly string[];
}

/** Makes the reader of a product users file's rows, for the columns found in its header. */
export function createProductUserRowReader(mapping: HeaderMapping): (record: CsvRecord) => ProductUserRow {
  const finder = new CellFinder(mapping);
  const entries = <Value>(read: (field: Field) => Value): Record<Field, Value> =>
    Object.fromEntries(FIELDS.map((field) => [field, read(field)])) as Record<Field, Value>;
  const columns: Columns = {
    at: entries((field) => finder.indexOf(field)),
    headers: entries((field) => finder.headerOf(field)),
    names: mapping.columns.map(({ header }) => header),
  };
  return (record) => {
    const unreadable = record.problem ?? findCellCountProblem(record, mapping);
    return unreadable === undefined ? readRow(record, columns) : keepUnreadable(record, columns, unreadable);
  };
}

function readRow({ rowNumber, cells }: CsvRecord, columns: Columns): ProductUserRow {
  const { at, headers } = columns;
  const problems: RowProblem[] = [];
  const password = readPasswordCell(cells[at.passwordHash] ?? "");
  hideHashes(cells, columns, problems);
  if (at.passwordHash !== -1) cells[at.passwordHash] = password.mark;
  const row: ProductUserRow = {
    rowNumber,
    cells,
    state: "ok",
    email: null,
    rawEmail: trimCell(cells[at.email] ?? ""),
    loginName: readLoginName(cells[at.loginName] ?? "", headers.loginName, problems),
    name: readText(cells[at.name] ?? ""),
    role: readText(cells[at.role] ?? ""),
    active: readChoice(cells[at.status] ?? "", STATUSES, headers.status, problems),
    toldVerified: readChoice(cells[at.verified] ?? "", YES_OR_NO, headers.verified, problems),
    lastActiveAt: readDate(cells[at.lastActive] ?? "", headers.lastActive, problems),
    kind: readChoice(cells[at.kind] ?? "", KINDS, headers.kind, problems),
    authentication: readChoice(
      cells[at.authentication] ?? "",
      AUTHENTICATIONS,
      headers.authentication,
      problems,
    ),
    passwordHash: null,
    hashRefused: password.refused,
  };
  judgeEmail(row, cells[at.email] ?? "", headers.email, problems);
  keepPassword(row, password.hash, columns);
  return row;
}

/** Only a row that is used keeps its hash; one that comes back to be corrected says that it has to be put in again. */
function keepPassword(row: ProductUserRow, hash: string | null, { at, headers }: Columns): void {
  if (row.problem !== undefined) {
    if (row.cells[at.passwordHash] !== undefined && row.cells[at.passwordHash] !== "") {
      row.cells[at.passwordHash] = REMOVED_MARK;
    }
    return;
  }
  row.passwordHash = hash;
  if (row.hashRefused) {
    const told = `The column ${quoteText(headers.passwordHash)} has no password hash that can be used, so none is kept: this person sets a new password.`;
    row.warning = row.warning === undefined ? told : `${row.warning} ${told}`;
  }
}

/** A hash in any other column than its own would be kept and shown. */
function hideHashes(cells: string[], { at, names }: Columns, problems: RowProblem[]): void {
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index] ?? "";
    if (index === at.passwordHash || maskHash(cell) === cell) continue;
    if (index === at.email && canonicalizeEmail(cell).status === "ok") continue;
    cells[index] = REMOVED_MARK;
    const column = names[index] ?? "";
    const message = `The column ${quoteText(column)} holds what looks like a password hash, which was not kept. Put it into a column named “password hash”.`;
    problems.push(makeProblem(column, "UNKNOWN_VALUE", message));
  }
}

function readLoginName(cell: string, header: string, problems: RowProblem[]): string {
  const name = trimCell(cell);
  if (name.length > LOGIN_NAME_LIMIT) {
    const message = `The login name is longer than ${LOGIN_NAME_LIMIT} characters. Correct it.`;
    problems.push(makeProblem(header, "UNKNOWN_VALUE", message));
  }
  return name;
}

/**
 * Of a row whose cells cannot be told apart any one may be the hash, or a part of it: of a file with a password column
 * only the address is kept, where it is one.
 */
function keepUnreadable(record: CsvRecord, { at }: Columns, fault: RowProblem): ProductUserRow {
  const hasPasswords = at.passwordHash !== -1;
  const email = trimCell(record.cells[at.email] ?? "");
  const isAddress = maskHash(email) === email && canonicalizeEmail(email).status === "ok";
  const cells = hasPasswords
    ? record.cells.map((cell, index) => (index === at.email && isAddress ? cell : ""))
    : record.cells.map(maskHash);
  const message = hasPasswords
    ? `${fault.message} Its cells are not kept, because one of them may be a password hash: correct the row in your own file.`
    : fault.message;
  return {
    rowNumber: record.rowNumber,
    cells,
    state: "bad",
    email: null,
    rawEmail: isAddress ? email : "",
    loginName: "",
    name: null,
    role: null,
    active: null,
    toldVerified: null,
    lastActiveAt: null,
    kind: null,
    authentication: null,
    passwordHash: null,
    hashRefused: false,
    problem: { ...fault, message },
  };
}
