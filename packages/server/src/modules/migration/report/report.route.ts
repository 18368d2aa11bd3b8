import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { IsolationLevel } from "@mikro-orm/core";
import type { Express, Request, Response } from "express";
import yazl from "yazl";
import type { EntityManager } from "../../../platform/database/orm.ts";
import type { Logger } from "../../../platform/logging.ts";
import type { Actor } from "../../sign-in/index.ts";
import { migrationName } from "../migration-record.ts";
import { findVisibleMigration } from "../migration.visibility.ts";
import { accessProofText, loadReportFiles } from "./report-files.ts";

/** By default a stream of pieces reads sixteen of them ahead: megabytes of text that nobody asked for yet. */
const onePiece = { highWaterMark: 1 };

export interface ReportRouteOptions {
  fork: () => EntityManager;
  loadActor: (request: Request) => Promise<Actor | null>;
  logger: Logger;
}

/**
 * GET /api/migrations/:id/report.zip, and AccessProof.csv alone; streamed. All files are read in one repeatable-read transaction, so their
 * sums agree even while the run goes on. 401 without a session; 404 alike for missing and foreign migrations.
 */
export function mountReportRoute(app: Express, { fork, loadActor, logger }: ReportRouteOptions): void {
  app.get("/api/migrations/:id/report.zip", (request, response) =>
    deliver(request, response, "application/zip", "report.zip", writeZip),
  );
  app.get("/api/migrations/:id/AccessProof.csv", (request, response) =>
    deliver(request, response, "text/csv; charset=utf-8", "AccessProof.csv", writeProof),
  );

  async function deliver(
    request: Request,
    response: Response,
    type: string,
    fileName: string,
    write: typeof writeZip,
  ): Promise<void> {
    const actor = await loadActor(request);
    if (actor === null) {
      response.status(401).json({ error: { code: "UNAUTHENTICATED", message: "Sign in first." } });
      return;
    }
    const { id } = request.params;
    const migration = typeof id === "string" ? await findVisibleMigration(fork(), actor, id) : null;
    if (migration === null || migration.startedAt === null) {
      response
        .status(404)
        .json({ error: { code: "NOT_FOUND", message: "Nothing with this id is visible to you." } });
      return;
    }
    const name = `${migrationName(migration.number)}-${fileName}`;
    response.setHeader("Content-Type", type);
    response.setHeader("Content-Disposition", `attachment; filename="${name}"`);
    response.setHeader("Cache-Control", "no-store");
    try {
      await fork().transactional(
        async (tx) => {
          await write(tx, migration.id, response);
        },
        { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true },
      );
    } catch (error) {
      // A download the reader gave up is no fault; anything else breaks the zip, which the browser reports as failed.
      logger.warn({ err: error, migrationId: migration.id }, "report was not delivered whole");
      response.destroy();
    }
  }
}

async function writeProof(
  tx: EntityManager,
  migrationId: string,
  destination: NodeJS.WritableStream,
): Promise<void> {
  await pipeline(Readable.from(accessProofText(tx, migrationId), onePiece), destination);
}

async function writeZip(
  tx: EntityManager,
  migrationId: string,
  destination: NodeJS.WritableStream,
): Promise<void> {
  const zip = new yazl.ZipFile();
  const sent = pipeline(zip.outputStream, destination);
  for (const file of await loadReportFiles(tx, migrationId)) {
    // One file after the other: yazl would otherwise start every reader at once on the one transaction.
    const entry = new PassThrough();
    zip.addReadStream(entry, file.name);
    await Promise.race([pipeline(Readable.from(file.text, onePiece), entry), sent]);
  }
  zip.end();
  await sent;
}
