import { IsolationLevel } from "@mikro-orm/core";
import type { Express, Request, Response } from "express";
import type { EntityManager } from "../../platform/database/orm.ts";
import type { Logger } from "../../platform/logging.ts";
import { findVisibleMigration, migrationName } from "../migration/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { evidenceFiles } from "./evidence-files.ts";
import { nameKey, type EvidenceKey } from "./evidence-key.ts";
import { writePack } from "./write-pack.ts";

export interface EvidenceRouteOptions {
  fork: () => EntityManager;
  loadActor: (request: Request) => Promise<Actor | null>;
  logger: Logger;
  /** The signing key; throws an Error that says who has to configure it. */
  loadKey: () => EvidenceKey;
  programVersion: string;
}

/**
 * GET /api/migrations/:id/evidence.zip, streamed out of one repeatable-read transaction, and GET /api/evidence-key,
 * which anybody may read. 401 without a session; 404 alike for missing and foreign migrations; 503 without a key.
 */
export function mountEvidenceRoutes(app: Express, options: EvidenceRouteOptions): void {
  app.get("/api/evidence-key", (_request, response) => {
    const key = keyOrAnswer(options, response);
    if (key !== null) {
      const { publicKey } = key;
      response.json({ algorithm: "Ed25519", publicKey, name: nameKey(publicKey) });
    }
  });
  app.get("/api/migrations/:id/evidence.zip", async (request, response) => {
    const { fork, logger } = options;
    const actor = await options.loadActor(request);
    if (actor === null) {
      response.status(401).json({ error: { code: "UNAUTHENTICATED", message: "Sign in first." } });
      return;
    }
    const migration = await findVisibleMigration(fork(), actor, request.params.id);
    if (migration === null || migration.startedAt === null) {
      response
        .status(404)
        .json({ error: { code: "NOT_FOUND", message: "Nothing with this id is visible to you." } });
      return;
    }
    const key = keyOrAnswer(options, response);
    if (key === null) {
      return;
    }
    const name = migrationName(migration.number);
    response.setHeader("Content-Type", "application/zip");
    response.setHeader("Content-Disposition", `attachment; filename="${name}-evidence.zip"`);
    response.setHeader("Cache-Control", "no-store");
    try {
      await fork().transactional(
        async (tx) => {
          // Read again: the pack's own moment is the transaction's.
          const record = (await findVisibleMigration(tx, actor, migration.id)) ?? migration;
          const files = await evidenceFiles(tx, record, options.programVersion);
          await writePack(files, { id: migration.id, name }, key, response);
        },
        { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true },
      );
    } catch (error) {
      // A download the reader gave up is no fault; anything else breaks the zip, which the browser reports as failed.
      logger.warn({ err: error, migrationId: migration.id }, "evidence was not delivered whole");
      response.destroy();
    }
  });
}

function keyOrAnswer({ loadKey, logger }: EvidenceRouteOptions, response: Response): EvidenceKey | null {
  try {
    return loadKey();
  } catch (error) {
    logger.error({ err: error }, "evidence cannot be signed");
    const message = error instanceof Error ? error.message : String(error);
    response.status(503).json({ error: { code: "EVIDENCE_KEY_MISSING", message } });
    return null;
  }
}
