import type { CustomerRow } from "../files/customer-row.ts";
import type { FileKind } from "../files/header-fields.ts";
import type { RowOfKind } from "../files/parse-file.ts";
import type { ProjectRow } from "../files/project-row.ts";
import type { RequestRow } from "../files/request-row.ts";
import type { RowProblem } from "../files/row-problem.ts";
import { copyCustomerRowsStatement } from "../sql/copy-customer-rows.ts";
import { copyProjectRowsStatement } from "../sql/copy-project-rows.ts";
import { copyRequestRowsStatement } from "../sql/copy-request-rows.ts";
import { encodeBoolean, encodeText, encodeTextArray } from "./copy-text.ts";

/** How the rows of one file kind enter their table: the COPY, and the line of one row, line end included. */
export interface StagingFormat {
  copySql: string;
  toLine(row: RowOfKind[FileKind]): string;
}

/** Which import the rows belong to. `keyHeader` is the column of the key, as the file writes it. */
export interface StagingTarget {
  importId: string;
  siteId: string;
  keyHeader: string;
}

const customerStates = {
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
        toLine: (row) => customerLine(row as CustomerRow, target),
      };
    case "REQUESTS":
      return {
        copySql: copyRequestRowsStatement.text,
        toLine: (row) => requestLine(row as RequestRow, target),
      };
    case "PROJECTS":
      return {
        copySql: copyProjectRowsStatement.text,
        toLine: (row) => projectLine(row as ProjectRow, target),
      };
  }
}

function customerLine(row: CustomerRow, { importId, siteId }: StagingTarget): string {
  const warning = encodeText(row.warning);
  return (
    `${importId}\t${row.rowNumber}\t${siteId}\t${encodeTextArray(row.cells)}\t${encodeText(row.rawEmail)}\t` +
    `${encodeText(row.email)}\t${encodeText(row.name ?? "")}\t${encodeText(row.accountType)}\t` +
    `${encodeBoolean(row.customerRole)}\t${encodeTextArray(row.projectKeys)}\t${encodeTextArray(row.organizations)}\t` +
    `${encodeBoolean(row.active)}\t${encodeText(row.kind)}\t${customerStates[row.state]}\t` +
    `${problemColumns(row.problem)}\t${warning}\t${warning}\n`
  );
}

function requestLine(row: RequestRow, { importId, keyHeader }: StagingTarget): string {
  const problem = row.problem ?? findKeyProblem(row.key, keyHeader);
  const warning = encodeText(row.warning);
  return (
    `${importId}\t${row.rowNumber}\t${encodeTextArray(row.cells)}\t${encodeText(row.key)}\t${encodeText(row.projectKey)}\t` +
    `${encodeText(row.reporterEmail)}\t${encodeText(row.reporterType)}\t${encodeTextArray(row.participants)}\t` +
    `${encodeText(row.summary ?? "")}\t${encodeText(row.createdAt)}\t${problem === undefined ? "GOOD" : "BAD"}\t` +
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

function findKeyProblem(key: string | null, column: string): RowProblem | undefined {
  if (key === null || key.length <= KEY_LIMIT) {
    return undefined;
  }
  const message = `The key is longer than ${KEY_LIMIT} characters. Correct it.`;
  return { column, code: "UNKNOWN_VALUE", message };
}
