import type { PoolClient } from "pg";
import type { EntityManager } from "../../../platform/database/orm.ts";
import type { SecretBox } from "../../../platform/secrets/secret-box.ts";
import { appendAuditEntry } from "../../audit/index.ts";
import { sealPasswordHash } from "../../product-user/index.ts";
import type { FileLimits } from "../files/file-limits.ts";
import { FileRejection } from "../files/file-rejection.ts";
import type { FileKind } from "../files/header-fields.ts";
import type { ColumnChoice } from "../files/header.ts";
import { parseFile } from "../files/parse-file.ts";
import type { ProductUserRow } from "../files/product-user-row.ts";
import { failImportStatement } from "../sql/fail-import.ts";
import { findPlaceStatement } from "../sql/find-place.ts";
import { finishReceivingStatement } from "../sql/finish-receiving.ts";
import { holdNewImportStatement } from "../sql/hold-new-import.ts";
import { insertImportStatement } from "../sql/insert-import.ts";
import { saveHeaderStatement } from "../sql/save-header.ts";
import { runnerOn } from "../../../platform/database/client-runner.ts";
import { copyRows } from "./copy-rows.ts";
import { CUT_OFF_CODE, UploadCutOff, UploadProgress } from "./progress.ts";
import { headerOf, resolveRows } from "./resolve-rows.ts";
import { stagingFormat } from "./row-lines.ts";

/** What receiving a file needs. */
export interface ImportStreamDeps {
  /** A fresh EntityManager. */
  fork: () => EntityManager;
  /** Seals password hashes. */
  secrets: SecretBox;
  limits?: Partial<FileLimits>;
}

/** A file on its way in, to a site or to a product. */
export interface NewImport {
  /** Exactly one of the two. */
  siteId?: string | null;
  productId?: string | null;
  /** Account of who uploads. */
  actorAccountId: string;
  /** Told by the header where absent; a product's file lists its users. */
  fileKind?: FileKind;
  fileName: string;
  /** Blocks of the file's bytes, read as fast as they can be stored. */
  stream: AsyncIterable<Uint8Array>;
  /** Columns chosen by a person, before any matching by name. */
  mapping?: readonly ColumnChoice[];
}

/** Why a file was refused: a FileRejection's code or UPLOAD_CUT_OFF, and what to do. `line` counts from 1. */
export interface ImportRejection {
  code: string;
  message: string;
  line?: number;
}

/** A received file: in PREVIEW where `rejection` is null, else FAILED with it. */
export interface ReceivedImport {
  importId: string;
  rejection: ImportRejection | null;
}

/**
 * Receives a file into staging: parses it as it comes, copies the rows, judges them against the site or product,
 * and leaves the import in PREVIEW; the directory is not changed. A file that cannot be read leaves a FAILED import without
 * rows. Everything but the progress is one transaction, so a killed process leaves no row behind.
 * @throws Error where the place does not exist or the database fails; the import is FAILED then, too
 */
export async function importStream(deps: ImportStreamDeps, input: NewImport): Promise<ReceivedImport> {
  const pool = await deps.fork().getConnection().getNativeClient();
  const client = await pool.connect();
  let lost: Error | undefined;
  try {
    await client.query("begin");
    const [held] = await holdNewImportStatement.run(runnerOn(client));
    const importId = held?.id ?? "";
    await insertImport(deps, importId, input);
    const progress = new UploadProgress(deps.fork(), importId);
    try {
      await stage(deps, client, { ...input, importId, progress });
      await client.query("commit");
      return { importId, rejection: null };
    } catch (error) {
      lost = await rollBack(client);
      await progress.settle();
      return { importId, rejection: await recordFailure(deps, importId, progress.bytes, error) };
    }
  } finally {
    client.release(lost);
  }
}

async function insertImport(deps: ImportStreamDeps, importId: string, input: NewImport): Promise<void> {
  const { siteId = null, productId = null, fileName, actorAccountId } = input;
  // Until the header was read, a site's file of unsaid kind is taken for the usual one.
  const fileKind = productId === null ? (input.fileKind ?? "CUSTOMERS") : "PRODUCT_USERS";
  const inserted = await insertImportStatement.run(deps.fork(), [
    importId,
    siteId,
    productId,
    fileKind,
    tidyFileName(fileName),
    actorAccountId,
  ]);
  if (inserted.length === 0) {
    throw new Error(`No site or product ${siteId ?? productId}`);
  }
}

async function stage(
  deps: ImportStreamDeps,
  client: PoolClient,
  input: NewImport & { importId: string; progress: UploadProgress },
): Promise<void> {
  const { importId, siteId = null, productId = null, progress } = input;
  const file = await parseFile({
    stream: progress.count(input.stream),
    fileKind: productId === null ? input.fileKind : "PRODUCT_USERS",
    mapping: input.mapping,
    limits: deps.limits,
  });
  const { header } = file;
  const keyHeader = headerOf(header, "key");
  const headerValues = [importId, header.fileKind, JSON.stringify(header), header.isCorrection];
  // Committed at once: a page that watches the upload names the kind and the columns.
  await saveHeaderStatement.run(deps.fork(), headerValues);
  const sealHash = hashSealer(deps.secrets, productId);
  const format = stagingFormat(header.fileKind, { importId, siteId, keyHeader, sealHash });
  const rows = await copyRows(client, format, file.rows, (count) => progress.addRows(count));
  await progress.settle();
  const runner = runnerOn(client);
  const record = await resolveRows(runner, { importId, siteId, productId, header, rows, effects: null });
  const finished = await finishReceivingStatement.run(runner, [importId, progress.bytes]);
  if (finished.length === 0) {
    throw new Error(`Import ${importId} was ended by somebody else`);
  }
  const [place] = await findPlaceStatement.run(runner, [siteId, productId]);
  await appendAuditEntry(runner, {
    organizationId: record.organizationId,
    actorAccountId: input.actorAccountId,
    action: "import.upload",
    subjectType: "import",
    subjectId: importId,
    summary: `Uploaded ${record.fileName} for ${place?.name ?? "its place"}: ${record.totalRows} rows, ${record.goodRows} of them good`,
  });
}

/** Seals the hash of a row for its login, before the row is written anywhere. */
function hashSealer(secrets: SecretBox, productId: string | null): (row: ProductUserRow) => Buffer | null {
  return ({ email, loginName, passwordHash }) =>
    passwordHash === null || email === null || productId === null
      ? null
      : sealPasswordHash(secrets, { productId, email, loginName }, passwordHash);
}

/** Ends the transaction. An error means that the connection is of no more use. */
async function rollBack(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query("rollback");
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function recordFailure(
  deps: ImportStreamDeps,
  importId: string,
  bytes: number,
  error: unknown,
): Promise<ImportRejection> {
  const rejection = toRejection(error);
  const { code, message } = rejection ?? {
    code: "INTERNAL",
    message: "The file could not be stored. Nothing was changed; upload it again.",
  };
  await failImportStatement.run(deps.fork(), [importId, code, message, bytes]);
  if (rejection === null) {
    throw error;
  }
  return rejection;
}

function toRejection(error: unknown): ImportRejection | null {
  if (error instanceof FileRejection) {
    return { code: error.code, message: error.message, line: error.line };
  }
  return error instanceof UploadCutOff ? { code: CUT_OFF_CODE, message: error.message } : null;
}

/** The name without a path and controls, at most 255 characters. */
function tidyFileName(fileName: string): string {
  const name = fileName
    .replace(/^.*[/\\]/, "")
    .replace(/\p{C}/gu, "")
    .trim();
  return name === "" ? "upload.csv" : [...name].slice(-255).join("");
}
