import type { Express, Request, Response } from "express";
import type { Logger } from "../../platform/logging.ts";
import type { Actor } from "../sign-in/index.ts";
import { nothingVisible, sendFault, UploadFault } from "./http/answer.ts";
import { readUpload, type Upload } from "./http/read-upload.ts";
import { requireSameOrigin } from "./http/same-origin.ts";
import { readUploadFields } from "./http/upload-fields.ts";
import { canUploadTo, findUploadPlace } from "./import.visibility.ts";
import { importStream, type ImportStreamDeps, type ReceivedImport } from "./staging/import-stream.ts";

/** What the upload route needs. */
export interface UploadRouteOptions extends ImportStreamDeps {
  loadActor: (request: Request) => Promise<Actor | null>;
  logger: Logger;
  /** Public origins of this application, such as `https://rehome.example.com`. */
  allowedOrigins: readonly string[];
  /** Files received at a time by this process, each on a database connection of its own; 4 unless told. */
  maxUploads?: number;
  /** Milliseconds without a byte after which a file counts as cut off; two minutes unless told. */
  idleTimeout?: number;
}

/**
 * POST /api/imports: multipart with the fields siteId or productId, fileKind and mapping (or as query parameters),
 * then the file. Answers 201 `{ importFile: { id } }` once the file is in staging; 422, or 413 when it is too large, with
 * `{ error: { code, message, line? }, importFile: { id } }` for a file that cannot be read. 401 without a
 * session, 403 from another site's page or without the role, 404 alike for missing and foreign ones.
 */
export function mountUploadRoute(app: Express, options: UploadRouteOptions): void {
  let receiving = 0;
  app.post("/api/imports", async (request, response) => {
    response.setHeader("Cache-Control", "no-store");
    try {
      requireSameOrigin(request, options.allowedOrigins);
      const actor = await options.loadActor(request);
      if (actor === null) {
        throw new UploadFault("UNAUTHENTICATED", "Sign in first.");
      }
      if (receiving >= (options.maxUploads ?? 4)) {
        response.setHeader("Retry-After", "10");
        throw new UploadFault("RATE_LIMITED", "Many files are being uploaded. Try again in a moment.");
      }
      receiving += 1;
      try {
        await receive(request, response, actor, options);
      } finally {
        receiving -= 1;
      }
    } catch (error) {
      sendFault(response, toFault(error, options));
    }
  });
}

async function receive(
  request: Request,
  response: Response,
  actor: Actor,
  options: UploadRouteOptions,
): Promise<void> {
  const reader = readUpload(request);
  request.setTimeout(options.idleTimeout ?? 120_000, () => request.destroy());
  try {
    const received = await stageUpload(await reader.upload, request, actor, options);
    reader.stop();
    answer(response, received);
  } finally {
    reader.stop();
    request.setTimeout(0);
  }
}

async function stageUpload(
  upload: Upload,
  request: Request,
  actor: Actor,
  options: UploadRouteOptions,
): Promise<ReceivedImport> {
  const { fileKind, mapping, ...wanted } = readUploadFields(request, upload.fields);
  const place = await findUploadPlace(options.fork(), actor, wanted);
  if (place === null) {
    throw nothingVisible();
  }
  const allowed = canUploadTo(actor, place);
  if (allowed !== true) {
    throw new UploadFault("FORBIDDEN", allowed.message);
  }
  return importStream(options, {
    siteId: place.siteId,
    productId: place.productId,
    actorAccountId: actor.accountId,
    fileKind,
    mapping,
    fileName: upload.fileName,
    stream: upload.stream,
  });
}

function answer(response: Response, { importId, rejection }: ReceivedImport): void {
  const importFile = { id: importId };
  if (response.destroyed) {
    return;
  }
  if (rejection === null) {
    response.status(201).json({ importFile });
    return;
  }
  response.status(rejection.code === "TOO_LARGE" ? 413 : 422).json({ error: rejection, importFile });
}

function toFault(error: unknown, { logger }: UploadRouteOptions): UploadFault {
  if (error instanceof UploadFault) {
    return error;
  }
  logger.error({ err: error }, "upload failed");
  return new UploadFault("INTERNAL", "The file could not be stored. Nothing was changed; upload it again.");
}
