import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Express, Request } from "express";
import type { EntityManager } from "../../platform/database/orm.ts";
import type { Logger } from "../../platform/logging.ts";
import type { Actor } from "../sign-in/index.ts";
import { formatCsvRow } from "../../platform/csv/formula-guard.ts";
import { nothingVisible, sendFault, UploadFault } from "./http/answer.ts";
import type { ImportRecord } from "./import-record.ts";
import { findVisibleImport } from "./import.visibility.ts";
import type { ShownRow } from "./sql/list-rows.ts";
import { listToldRowsStatement } from "./sql/list-told-rows.ts";

/** What the route of rejected rows needs. */
export interface RejectedRouteOptions {
  fork: () => EntityManager;
  loadActor: (request: Request) => Promise<Actor | null>;
  logger: Logger;
}

const PAGE_ROWS = 2000;

/**
 * GET /api/imports/:id/rejected.csv, streamed: the rows that cannot be applied as they came, with a right-most
 * `Error`, to be fixed and uploaded again. 401 without a session; 404 alike for missing and foreign imports; 410 when the
 * rows are kept no longer.
 */
export function mountRejectedRoute(app: Express, { fork, loadActor, logger }: RejectedRouteOptions): void {
  app.get("/api/imports/:id/rejected.csv", async (request, response) => {
    const actor = await loadActor(request);
    if (actor === null) {
      sendFault(response, new UploadFault("UNAUTHENTICATED", "Sign in first."));
      return;
    }
    const record = await findVisibleImport(fork(), actor, request.params.id);
    if (record === null || record.header === null) {
      sendFault(response, nothingVisible());
      return;
    }
    if (record.rowsRemovedAt !== null) {
      sendFault(response, new UploadFault("GONE", "The rows of this upload are kept no longer."));
      return;
    }
    response.attachment(`rejected-${record.fileName.replace(/\.csv$/i, "")}.csv`);
    response.setHeader("Content-Type", "text/csv; charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    try {
      await pipeline(Readable.from(rejectedCsv(fork(), record, record.header.columns)), response);
    } catch (error) {
      // A download the reader gave up is no fault; anything else cuts the file, which the browser reports as failed.
      logger.warn({ err: error, importId: record.id }, "rejected rows were not delivered whole");
      response.destroy();
    }
  });
}

async function* rejectedCsv(
  em: EntityManager,
  record: ImportRecord,
  columns: readonly { header: string }[],
): AsyncGenerator<string, void, undefined> {
  const width = columns.length;
  // A corrected file brings its old Error column along; the new one takes its place.
  const withoutOldError = (cells: readonly string[]): readonly string[] =>
    record.isCorrection && cells.length === width ? cells.slice(0, -1) : cells;
  yield formatCsvRow([...withoutOldError(columns.map(({ header }) => header)), "Error"]);
  for (let after = 0; ;) {
    const page: ShownRow[] = await listToldRowsStatement.run(em, [record.id, after, PAGE_ROWS, null, true]);
    const last = page.at(-1);
    if (last === undefined) {
      return;
    }
    after = last.rowNumber;
    yield page.map((row) => formatCsvRow([...withoutOldError(row.cells), row.problem ?? ""])).join("");
  }
}
