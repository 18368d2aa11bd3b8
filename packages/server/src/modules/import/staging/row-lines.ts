import type { CustomerRow } from "../files/customer-row.ts";
import type { FileKind } from "../files/header-fields.ts";
import type { RowOfKind } from "../files/parse-file.ts";
import type { ProductUserRow } from "../files/product-user-row.ts";
import type { ProjectRow } from "../files/project-row.ts";
import type { RequestRow } from "../files/request-row.ts";
import type { RowProblem } from "../files/row-problem.ts";
import { copyCustomerRowsStatement } from "../sql/copy-customer-rows.ts";
import { copyProductUserRowsStatement } from "../sql/copy-product-user-rows.ts";
import { copyProjectRowsStatement } from "../sql/copy-project-rows.ts";
import { copyRequestRowsStatement } from "../sql/copy-request-rows.ts";
import {
  encodeBoolean,
  encodeBytes,
  encodePlainArray,
  encodePlainText,
  encodeText,
  encodeTextArray,
  isPlain,
} from "./copy-text.ts";

/** How the rows of one file kind enter their table. */
export interface StagingFormat {
  copySql: string;
  /** The line of one row, line end included. `plain` tells that isPlainRow holds, which makes it quicker. */
  toLine(row: RowOfKind[FileKind], plain: boolean): string;
}

/** Whether the line of a row is ASCII and nothing in it needs an escape, as with most rows of most files. */
export function isPlainRow(row: RowOfKind[FileKind]): boolean {
  const { problem, warning, key } = row as { problem?: RowProblem; warning?: string; key?: string | null };
  return problem === undefined && warning === undefined && !isKeyTooLong(key ?? null) && isPlain(row.cells);
}

/** Which import the rows belong to. */
export interface StagingTarget {
  importId: string;
  /** Null for a file of a product. */
  siteId: string | null;
  /** The column of the key, as the file writes it. */
  keyHeader: string;
  /** The sealed password hash of a product user, null where there is none. */
  sealHash: (row: ProductUserRow) => Buffer | null;
}

const peopleStates = {
  ok: "GOOD",
  bad: "BAD",
  invalid_email: "INVALID_EMAIL",
  unsupported_email: "UNSUPPORTED_EMAIL",
} as const;

/** Characters of a request or project key; the unique indexes of the directory hold no more than some 2,700 bytes. */
const KEY_LIMIT = 255;

/** The format of a file kind; the columns stand in the order of the statement in sql/copy-…-rows.ts. */
export function stagingFormat(fileKind: FileKind, target: StagingTarget): StagingFormat {
  switch (fileKind) {
    case "CUSTOMERS":
      return {
        copySql: copyCustomerRowsStatement.text,
        toLine: (row, plain) => customerLine(row as CustomerRow, target, plain),
      };
    case "REQUESTS":
      return {
        copySql: copyRequestRowsStatement.text,
        toLine: (row, plain) => requestLine(row as RequestRow, target, plain),
      };
    case "PROJECTS":
      return {
        copySql: copyProjectRowsStatement.text,
        toLine: (row) => projectLine(row as ProjectRow, target),
      };
    case "PRODUCT_USERS":
      return {
        copySql: copyProductUserRowsStatement.text,
        toLine: (row, plain) => productUserLine(row as ProductUserRow, target, plain),
      };
  }
}

function customerLine(row: CustomerRow, { importId, siteId }: StagingTarget, plain: boolean): string {
  const warning = encodeText(row.warning);
  const text = plain ? encodePlainText : encodeText;
  const list = plain ? encodePlainArray : encodeTextArray;
  return (
    `${importId}\t${row.rowNumber}\t${siteId ?? "\\N"}\t${list(row.cells)}\t${text(row.rawEmail)}\t` +
    `${text(row.email)}\t${text(row.name ?? "")}\t${row.accountType ?? "\\N"}\t` +
    `${encodeBoolean(row.customerRole)}\t${encodeShared(row.projectKeys)}\t${list(row.organizations)}\t` +
    `${encodeBoolean(row.active)}\t${row.kind ?? "\\N"}\t${peopleStates[row.state]}\t` +
    `${problemColumns(row.problem)}\t${warning}\t${warning}\n`
  );
}

function productUserLine(row: ProductUserRow, { importId, sealHash }: StagingTarget, plain: boolean): string {
  const warning = encodeText(row.warning);
  const text = plain ? encodePlainText : encodeText;
  const list = plain ? encodePlainArray : encodeTextArray;
  return (
    `${importId}\t${row.rowNumber}\t${list(row.cells)}\t${text(row.rawEmail)}\t${text(row.email)}\t` +
    `${text(row.loginName)}\t${text(row.name ?? "")}\t${text(row.role ?? "")}\t${encodeBoolean(row.active)}\t` +
    `${encodeBoolean(row.toldVerified)}\t${row.lastActiveAt ?? "\\N"}\t${row.kind ?? "\\N"}\t` +
    `${row.authentication ?? "\\N"}\t${encodeBytes(sealHash(row))}\t${encodeBoolean(row.hashRefused)}\t` +
    `${peopleStates[row.state]}\t${problemColumns(row.problem)}\t${warning}\t${warning}\n`
  );
}

/** Rows share the few lists of projects (see createListReader), so each is encoded once. */
function encodeShared(values: readonly string[]): string {
  if (values.length === 0) return "{}";
  let text = sharedLists.get(values);
  if (text === undefined) {
    text = encodeTextArray(values);
    sharedLists.set(values, text);
  }
  return text;
}

const sharedLists = new WeakMap<readonly string[], string>();

function requestLine(row: RequestRow, { importId, keyHeader }: StagingTarget, plain: boolean): string {
  const problem = row.problem ?? findKeyProblem(row.key, keyHeader);
  const warning = encodeText(row.warning);
  const text = plain ? encodePlainText : encodeText;
  const list = plain ? encodePlainArray : encodeTextArray;
  return (
    `${importId}\t${row.rowNumber}\t${list(row.cells)}\t${text(row.key)}\t${text(row.projectKey)}\t` +
    `${text(row.reporterEmail)}\t${row.reporterType ?? "\\N"}\t${list(row.participants)}\t` +
    `${text(row.summary ?? "")}\t${text(row.createdAt)}\t${problem === undefined ? "GOOD" : "BAD"}\t` +
    `${problemColumns(problem)}\t${warning}\t${warning}\n`
  );
}

function projectLine(row: ProjectRow, { importId, keyHeader }: StagingTarget): string {
  const problem = row.problem ?? findKeyProblem(row.key, keyHeader);
  return (
    `${importId}\t${row.rowNumber}\t${encodeTextArray(row.cells)}\t${encodeText(row.key)}\t${encodeText(row.name)}\t` +
    `${encodeText(row.access)}\t${problem === undefined ? "GOOD" : "BAD"}\t${problemColumns(problem)}\n`
  );
}

function problemColumns(problem: RowProblem | undefined): string {
  return problem === undefined
    ? "\\N\t\\N\t\\N"
    : `${encodeText(problem.column)}\t${encodeText(problem.code)}\t${encodeText(problem.message)}`;
}

function isKeyTooLong(key: string | null): boolean {
  return key !== null && key.length > KEY_LIMIT;
}

function findKeyProblem(key: string | null, column: string): RowProblem | undefined {
  if (!isKeyTooLong(key)) {
    return undefined;
  }
  const message = `The key is longer than ${KEY_LIMIT} characters. Correct it.`;
  return { column, code: "UNKNOWN_VALUE", message };
}
