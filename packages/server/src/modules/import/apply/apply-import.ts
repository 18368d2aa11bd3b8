import { setTimeout as wait } from "node:timers/promises";
import { crashpoint } from "../../../platform/crashpoint.ts";
import type { EntityManager } from "../../../platform/database/orm.ts";
import { appendAuditEntry } from "../../audit/index.ts";
import { toImportRecord, type ImportRecord } from "../import-record.ts";
import { analyzeDirectoryStatement } from "../sql/analyze-directory.ts";
import { claimApplyStatement } from "../sql/claim-apply.ts";
import { finishApplyStatement } from "../sql/finish-apply.ts";
import { giveUpApplyStatement } from "../sql/give-up-apply.ts";
import { loadImportsStatement } from "../sql/load-imports.ts";
import { lockImportStatement } from "../sql/lock-import.ts";
import { lockProductStatement } from "../sql/lock-product.ts";
import { lockSiteStatement } from "../sql/lock-site.ts";
import { resolveRows } from "../staging/resolve-rows.ts";
import { applyRows } from "./apply-rows.ts";

/** SQLSTATEs after which the same work may be tried again: the transaction left nothing behind. */
const RETRYABLE = new Set(["40001", "40P01", "57P01", "57P02", "57P03", "08000", "08003", "08006", "53300"]);
const ATTEMPTS = 5;
const MANY_ROWS = 10_000;

/**
 * Applies an import that is APPLYING, in one transaction, and resolves when that is done, here or elsewhere:
 * whoever holds the import's row applies it, a second caller waits and finds it done. When it cannot be done, the
 * import is a PREVIEW again with the failure on it, and the error passes.
 * @param fork a fresh EntityManager for each attempt
 */
export async function applyClaimed(fork: () => EntityManager, importId: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const rows = await fork().transactional((tx) => applyLocked(tx, importId));
      crashpoint("import.applied");
      await refreshStatistics(fork, rows);
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !isRetryable(error)) {
        await giveUpApplyStatement.run(fork(), [
          importId,
          "APPLY_FAILED",
          "The file could not be applied. Nothing was changed; apply it again.",
        ]);
        throw error;
      }
      await wait(50 * 2 ** attempt);
    }
  }
}

/**
 * Applies a preview of any size and waits until it is done, for programs that act for an account without asking
 * its roles: the demo organization and the command line.
 * @throws Error when the import is no preview, or cannot be applied
 */
export async function applyImportNow(
  fork: () => EntityManager,
  input: { importId: string; actorAccountId: string },
): Promise<ImportRecord> {
  const claimed = await claimApplyStatement.run(fork(), [input.importId, input.actorAccountId]);
  if (claimed.length === 0) {
    throw new Error(`Import ${input.importId} is no preview`);
  }
  await applyClaimed(fork, input.importId);
  const [row] = await loadImportsStatement.run(fork(), [[input.importId]]);
  if (row === undefined) {
    throw new Error(`Import ${input.importId} is gone`);
  }
  return toImportRecord(row);
}

/** Returns the rows of the import; 0 when there was nothing to do. */
async function applyLocked(tx: EntityManager, importId: string): Promise<number> {
  const [row] = await lockImportStatement.run(tx, [importId]);
  if (row === undefined || row.state !== "APPLYING") {
    return 0;
  }
  const record = toImportRecord(row);
  const { id, siteId, productId, header, totalRows, effects, organizationId, appliedBy } = record;
  if (header === null) {
    throw new Error(`Import ${id} has no header`);
  }
  const [place] =
    productId === null
      ? await lockSiteStatement.run(tx, [siteId])
      : await lockProductStatement.run(tx, [productId]);
  // Other files may have been applied since this one was looked at.
  const judged = await resolveRows(tx, { importId: id, siteId, productId, header, rows: totalRows, effects });
  await applyRows(tx, judged);
  await finishApplyStatement.run(tx, [id]);
  await appendAuditEntry(tx, {
    organizationId,
    actorAccountId: appliedBy,
    action: "import.apply",
    subjectType: "import",
    subjectId: id,
    summary: describe(judged, place?.name ?? "its place"),
    after: { ...judged.effects, rows: judged.totalRows, goodRows: judged.goodRows },
  });
  return totalRows;
}

/** A plan made right after a large upload would otherwise be based on the statistics of an empty directory. */
async function refreshStatistics(fork: () => EntityManager, rows: number): Promise<void> {
  if (rows > MANY_ROWS) {
    // The rows stand whatever becomes of this, and the database does it by itself a minute later.
    await analyzeDirectoryStatement.run(fork()).catch(() => undefined);
  }
}

function describe(record: ImportRecord, placeName: string): string {
  const { newPeople = 0, updatedPeople = 0 } = record.effects ?? {};
  const rest = record.totalRows - record.goodRows;
  const what = {
    CUSTOMERS: `${newPeople} new and ${updatedPeople} known people`,
    PRODUCT_USERS: `${newPeople} new and ${updatedPeople} known logins`,
    REQUESTS: `${record.goodRows} requests`,
    PROJECTS: `${record.goodRows} projects`,
  }[record.fileKind];
  return `Applied ${record.fileName} to ${placeName}: ${what}, ${rest} rows not used`;
}

function isRetryable(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? RETRYABLE.has(code) : String(error).includes("Connection terminated");
}
