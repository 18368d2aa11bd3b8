import type { EntityManager } from "../../platform/database/orm.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { announce } from "../../platform/events/announce.ts";
import { orRefused, refuse, type Refused } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { toImportRecord, type ImportRecord, type ImportState } from "./import-record.ts";
import { importTopic } from "./import-worker.ts";
import { insistOnUploading } from "./import.visibility.ts";
import { claimApplyStatement } from "./sql/claim-apply.ts";
import { deleteRowsStatement } from "./sql/delete-rows.ts";
import { discardImportStatement } from "./sql/discard-import.ts";
import { listImportsStatement } from "./sql/list-imports.ts";
import { listProductImportsStatement } from "./sql/list-product-imports.ts";
import { lockImportStatement } from "./sql/lock-import.ts";

const SHOWN_PER_PLACE = 50;

/** The uploads of each site, newest first, at most 50. The caller has checked that they may be read. */
export async function listImports(
  em: EntityManager,
  siteIds: readonly string[],
): Promise<Map<string, ImportRecord[]>> {
  const rows = await listImportsStatement.run(em, [siteIds, SHOWN_PER_PLACE]);
  return groupBy(siteIds, rows.map(toImportRecord), ({ siteId }) => siteId);
}

/** The uploads of each product, newest first, at most 50. The caller has checked that they may be read. */
export async function listProductImports(
  em: EntityManager,
  productIds: readonly string[],
): Promise<Map<string, ImportRecord[]>> {
  const rows = await listProductImportsStatement.run(em, [productIds, SHOWN_PER_PLACE]);
  return groupBy(productIds, rows.map(toImportRecord), ({ productId }) => productId);
}

function groupBy(
  placeIds: readonly string[],
  records: readonly ImportRecord[],
  placeOf: (record: ImportRecord) => string | null,
): Map<string, ImportRecord[]> {
  const groups = new Map<string, ImportRecord[]>(placeIds.map((id) => [id, []]));
  for (const record of records) {
    groups.get(placeOf(record) ?? "")?.push(record);
  }
  return groups;
}

const LARGE_IMPORT = 20_000;

/** Whether an import is applied in the background; a smaller one before the answer. */
export function isLarge(record: ImportRecord): boolean {
  return record.totalRows > LARGE_IMPORT;
}

/**
 * Decides that a preview is applied. Once this is committed, the ImportWorker applies a large one and the caller
 * a small one (applyClaimed). Of several people who decide at once one gets the import, the others ALREADY_DONE.
 * INVALID_STATE when there is nothing to apply.
 */
export async function claimApply(
  em: EntityManager,
  actor: Actor,
  importId: string,
): Promise<ImportRecord | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const { record } = await lockImport(tx, actor, importId);
      if (record.state === "APPLYING" || record.state === "APPLIED") {
        refuse(
          "ALREADY_DONE",
          `${record.fileName} ${record.state === "APPLIED" ? "was" : "is being"} applied already.`,
        );
      }
      refuseUnlessPreview(record, "applied");
      // Rejected rows are reason enough: they may be good by now, and those of people wait to be corrected.
      if (record.totalRows === 0) {
        refuse("INVALID_STATE", `${record.fileName} has no rows to apply. Upload a file with rows.`);
      }
      const [claimed] = await claimApplyStatement.run(tx, [importId, actor.accountId]);
      if (isLarge(record)) {
        await announce(tx, [importTopic]);
      }
      return toRecord(claimed);
    }),
  );
}

/** Throws the preview away, its rows included. */
export async function discardImport(
  em: EntityManager,
  actor: Actor,
  importId: string,
): Promise<ImportRecord | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const { record, placeName } = await lockImport(tx, actor, importId);
      if (record.state === "DISCARDED") {
        refuse("ALREADY_DONE", `${record.fileName} was discarded already.`);
      }
      refuseUnlessPreview(record, "discarded");
      await deleteRowsStatement.run(tx, [importId]);
      const [discarded] = await discardImportStatement.run(tx, [importId]);
      await appendAuditEntry(tx, {
        organizationId: record.organizationId,
        actorAccountId: actor.accountId,
        action: "import.discard",
        subjectType: "import",
        subjectId: importId,
        summary: `Discarded ${record.fileName} for ${placeName}: ${record.totalRows} rows`,
      });
      return toRecord(discarded);
    }),
  );
}

/** Refuses an action that only a preview allows, in words for each other state. */
export function refuseUnlessPreview(record: ImportRecord, action: string): void {
  if (record.state !== "PREVIEW") {
    refuse("INVALID_STATE", `${record.fileName} cannot be ${action}: it ${stateTexts[record.state]}.`);
  }
}

const stateTexts: Record<ImportState, string> = {
  RECEIVING: "is still being received; wait until it is complete",
  PREVIEW: "is ready",
  APPLYING: "is being applied",
  APPLIED: "was applied already",
  FAILED: "could not be read; upload it again",
  DISCARDED: "was discarded; upload it again",
};

async function lockImport(
  tx: EntityManager,
  actor: Actor,
  importId: string,
): Promise<{ record: ImportRecord; placeName: string }> {
  const [row] = await lockImportStatement.run(tx, [importId]);
  if (row === undefined) {
    throw notFound();
  }
  const record = toImportRecord(row);
  const place = await insistOnUploading(tx, actor, record);
  return { record, placeName: place.name };
}

function toRecord(row: Parameters<typeof toImportRecord>[0] | undefined): ImportRecord {
  if (row === undefined) {
    throw new Error("The locked import is gone");
  }
  return toImportRecord(row);
}
