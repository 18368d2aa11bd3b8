import type { PoolClient } from "pg";
import type { EntityManager } from "../../platform/database/orm.ts";
import { apiError, notFound } from "../../platform/graphql/errors.ts";
import { orRefused, refuse, type Refused } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { FileRejection } from "./files/file-rejection.ts";
import type { FileKind } from "./files/header-fields.ts";
import { matchHeader, type HeaderMapping } from "./files/header.ts";
import { createRowReader, type RowOfKind } from "./files/parse-file.ts";
import type { RowProblem, RowProblemCode } from "./files/row-problem.ts";
import { toImportRecord, type ImportRecord } from "./import-record.ts";
import { insistOnUploading } from "./import.visibility.ts";
import { refuseUnlessPreview } from "./import.service.ts";
import { deleteRowsStatement } from "./sql/delete-rows.ts";
import { listRowsStatement, type ShownRow } from "./sql/list-rows.ts";
import { listStagedHashesStatement } from "./sql/list-staged-hashes.ts";
import { lockImportStatement } from "./sql/lock-import.ts";
import { saveHeaderStatement } from "./sql/save-header.ts";
import { runnerOn } from "../../platform/database/client-runner.ts";
import { copyRows } from "./staging/copy-rows.ts";
import { headerOf, resolveRows } from "./staging/resolve-rows.ts";
import { stagingFormat } from "./staging/row-lines.ts";

/** A person's choice for the column at `index`, counted from 0: a field of the file kind, or null to ignore it. */
export interface IndexedChoice {
  index: number;
  field: string | null;
}

const PAGE_ROWS = 2000;
/** Faults of the record itself, which no other reading of its columns heals. */
const UNREADABLE: ReadonlySet<string> = new Set<RowProblemCode>([
  "RECORD_TOO_LARGE",
  "QUOTE_NOT_CLOSED",
  "TEXT_AFTER_QUOTE",
]);

/** Each holds up to three connections; refusing further ones keeps the pool from waiting for itself. */
const MOST_AT_ONCE = 2;
let underWay = 0;

/**
 * Reads the staged rows of a preview again with other columns; no second upload is needed, because staging keeps
 * every cell. One transaction on a connection of its own. INVALID_INPUT when the choice fits nothing;
 * throws RATE_LIMITED while this process is busy with others.
 */
export async function rematchImport(
  em: EntityManager,
  actor: Actor,
  input: { importId: string; columns: readonly IndexedChoice[] },
): Promise<ImportRecord | Refused> {
  if (underWay >= MOST_AT_ONCE) {
    throw apiError("RATE_LIMITED", "Other uploads are being matched again. Try again in a moment.");
  }
  underWay += 1;
  try {
    return await rematchOnConnection(em, actor, input);
  } finally {
    underWay -= 1;
  }
}

async function rematchOnConnection(
  em: EntityManager,
  actor: Actor,
  input: { importId: string; columns: readonly IndexedChoice[] },
): Promise<ImportRecord | Refused> {
  const pool = await em.getConnection().getNativeClient();
  const client = await pool.connect();
  let lost: Error | undefined;
  try {
    return await orRefused(async () => {
      await client.query("begin");
      try {
        const record = await rematch(em.fork(), client, actor, input);
        await client.query("commit");
        return record;
      } catch (error) {
        await client.query("rollback").catch((failure: Error) => {
          lost = failure;
        });
        throw error;
      }
    });
  } finally {
    client.release(lost);
  }
}

async function rematch(
  reader: EntityManager,
  client: PoolClient,
  actor: Actor,
  input: { importId: string; columns: readonly IndexedChoice[] },
): Promise<ImportRecord> {
  const runner = runnerOn(client);
  const [row] = await lockImportStatement.run(runner, [input.importId]);
  if (row === undefined) {
    throw notFound();
  }
  const record = toImportRecord(row);
  const place = await insistOnUploading(runner, actor, record);
  refuseUnlessPreview(record, "matched again");
  if (record.header === null) {
    throw new Error(`Preview ${record.id} has no header`);
  }
  const header = chooseColumns(record.header, input.columns);
  refuseMovedHashes(record.header, header);
  const { id: importId, siteId, productId } = record;
  // Uncommitted, so the reader on its own connection still sees the rows that go.
  await deleteRowsStatement.run(runner, [importId]);
  const kept = new Map<number, Buffer>();
  const sealHash = ({ rowNumber }: { rowNumber: number }): Buffer | null => kept.get(rowNumber) ?? null;
  const keyHeader = headerOf(header, "key");
  const format = stagingFormat(header.fileKind, { importId, siteId, keyHeader, sealHash });
  const rows = await copyRows(client, format, readAgain(reader, importId, header, kept), () => undefined);
  if (rows !== record.totalRows) {
    throw new Error(`Import ${importId} had ${record.totalRows} rows, ${rows} were read again`);
  }
  await saveHeaderStatement.run(runner, [
    importId,
    header.fileKind,
    JSON.stringify(header),
    header.isCorrection,
  ]);
  const resolved = await resolveRows(runner, { importId, siteId, productId, header, rows, effects: null });
  await appendAuditEntry(runner, {
    organizationId: record.organizationId,
    actorAccountId: actor.accountId,
    action: "import.rematch",
    subjectType: "import",
    subjectId: importId,
    summary: `Matched the columns of ${record.fileName} for ${place.name} again: ${resolved.goodRows} of ${rows} rows good`,
    before: columnsOf(record.header),
    after: columnsOf(header),
  });
  return resolved;
}

function chooseColumns(header: HeaderMapping, choices: readonly IndexedChoice[]): HeaderMapping {
  const byName = choices.flatMap(({ index, field }) => {
    const column = header.columns[index];
    if (column === undefined) {
      refuse("INVALID_INPUT", `The file has no column ${index + 1}. Choose the columns again.`, {
        field: "columns",
      });
    }
    if (column.header === "" && field !== null) {
      const message = `Column ${index + 1} has no name in the file. Name it there and upload the file again.`;
      refuse("INVALID_INPUT", message, { field: "columns" });
    }
    // Columns without a name are ignored anyway.
    return column.header === "" ? [] : [{ header: column.header, field }];
  });
  try {
    const headers = header.columns.map((column) => column.header);
    return matchHeader(headers, header.delimiter, header.fileKind, byName);
  } catch (error) {
    if (error instanceof FileRejection) {
      refuse("INVALID_INPUT", error.message, { field: "columns" });
    }
    throw error;
  }
}

async function* readAgain(
  em: EntityManager,
  importId: string,
  header: HeaderMapping,
  kept: Map<number, Buffer>,
): AsyncGenerator<Array<RowOfKind[FileKind]>, void, undefined> {
  const read = createRowReader(header);
  for (let after = 0; ;) {
    const page = await listRowsStatement.run(em, [importId, after, PAGE_ROWS, null]);
    const last = page.at(-1);
    if (last === undefined) {
      return;
    }
    if (header.fileKind === "PRODUCT_USERS") {
      await keepHashes(em, importId, { first: after + 1, last: last.rowNumber }, kept);
    }
    after = last.rowNumber;
    yield page.map((row) => read({ rowNumber: row.rowNumber, cells: row.cells, problem: unreadable(row) }));
  }
}

/** A sealed hash opens for its login alone, and the cells it came from are not kept. */
function refuseMovedHashes(before: HeaderMapping, after: HeaderMapping): void {
  const placeIn = ({ columns }: HeaderMapping, field: string): number =>
    columns.findIndex((column) => column.field === field);
  const hasMoved = ["email", "loginName", "passwordHash"].some(
    (field) => placeIn(before, field) !== placeIn(after, field),
  );
  if (placeIn(before, "passwordHash") !== -1 && hasMoved) {
    refuse(
      "INVALID_INPUT",
      "The password hashes of this file are sealed for the email and login name they stand with, so these columns stay as they are. For others discard the file and upload it again with its columns named.",
      { field: "columns" },
    );
  }
}

async function keepHashes(
  em: EntityManager,
  importId: string,
  { first, last }: { first: number; last: number },
  kept: Map<number, Buffer>,
): Promise<void> {
  kept.clear();
  for (const row of await listStagedHashesStatement.run(em, [importId, first, last])) {
    kept.set(row.rowNumber, row.sealedHash);
  }
}

function unreadable(row: ShownRow): RowProblem | undefined {
  const { problemCode: code, problem: message } = row;
  return code !== null && message !== null && UNREADABLE.has(code)
    ? { column: null, code: code as RowProblemCode, message }
    : undefined;
}

function columnsOf(header: HeaderMapping): Record<string, string> {
  const matched = header.columns.flatMap(({ header: name, field }) =>
    field === null ? [] : [[field, name]],
  );
  return Object.fromEntries(matched) as Record<string, string>;
}
