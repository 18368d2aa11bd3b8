import { setTimeout as wait } from "node:timers/promises";
import type { EntityManager } from "../../../platform/database/orm.ts";
import type { Logger } from "../../../platform/logging.ts";
import { appendAuditEntry } from "../../audit/index.ts";
import { toImportRecord, type ImportRecord } from "../import-record.ts";
import { finishApplyStatement } from "../sql/finish-apply.ts";
import { giveUpApplyStatement } from "../sql/give-up-apply.ts";
import { lockImportStatement } from "../sql/lock-import.ts";
import { lockSiteStatement } from "../sql/lock-site.ts";
import { resolveRows } from "../staging/resolve-rows.ts";
import { applyRows } from "./apply-rows.ts";

/** SQLSTATEs after which the same work may be tried again: the transaction left nothing behind. */
const RETRYABLE = new Set(["40001", "40P01", "57P01", "57P02", "57P03", "08000", "08003", "08006", "53300"]);
const ATTEMPTS = 5;

/**
 * Applies imports that are APPLYING, each in one transaction. All state is in the database: whoever holds the
 * import's row applies it, a second caller waits and finds it done, and after a kill the next start goes on
 * (recover-imports.ts).
 */
export class ImportApplier {
  readonly #fork: () => EntityManager;
  readonly #logger: Logger;
  readonly #active = new Set<Promise<void>>();

  constructor(deps: { fork: () => EntityManager; logger: Logger }) {
    this.#fork = deps.fork;
    this.#logger = deps.logger;
  }

  /** Applies in the background; what goes wrong stands on the import and in the log. */
  start(importId: string): void {
    const work = this.run(importId)
      .catch((error: unknown) => this.#logger.error({ err: error, importId }, "import was not applied"))
      .finally(() => this.#active.delete(work));
    this.#active.add(work);
  }

  /**
   * Applies and resolves when it is done, here or elsewhere. When it cannot be done, the import is a PREVIEW again
   * with the failure on it, and the error passes.
   */
  async run(importId: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#fork().transactional((tx) => applyLocked(tx, importId));
        return;
      } catch (error) {
        if (attempt === ATTEMPTS || !isRetryable(error)) {
          await giveUpApplyStatement.run(this.#fork(), [
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

  /** Resolves when nothing is being applied in the background any more. */
  async settle(): Promise<void> {
    while (this.#active.size > 0) {
      await Promise.all(this.#active);
    }
  }
}

async function applyLocked(tx: EntityManager, importId: string): Promise<void> {
  const [row] = await lockImportStatement.run(tx, [importId]);
  if (row === undefined || row.state !== "APPLYING" || row.header === null) {
    return;
  }
  const record = toImportRecord(row);
  const [site] = await lockSiteStatement.run(tx, [record.siteId]);
  const { id, siteId, header, totalRows } = record;
  if (header === null) {
    return;
  }
  // Other files may have been applied since this one was looked at.
  const judged = await resolveRows(tx, { importId: id, siteId, header, rows: totalRows });
  await applyRows(tx, judged);
  await finishApplyStatement.run(tx, [id]);
  await appendAuditEntry(tx, {
    organizationId: record.organizationId,
    actorAccountId: record.appliedBy,
    action: "import.apply",
    subjectType: "import",
    subjectId: id,
    summary: describe(judged, site?.name ?? "a site"),
    after: { ...judged.effects, rows: judged.totalRows, goodRows: judged.goodRows },
  });
}

function describe(record: ImportRecord, siteName: string): string {
  const { newPeople = 0, updatedPeople = 0 } = record.effects ?? {};
  const rest = record.totalRows - record.goodRows;
  const what =
    record.fileKind === "CUSTOMERS"
      ? `${newPeople} new and ${updatedPeople} known people`
      : `${record.goodRows} ${record.fileKind.toLowerCase()}`;
  return `Applied ${record.fileName} to ${siteName}: ${what}, ${rest} rows not used`;
}

function isRetryable(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? RETRYABLE.has(code) : String(error).includes("Connection terminated");
}
