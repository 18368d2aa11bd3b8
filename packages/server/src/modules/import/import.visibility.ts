import { notFound } from "../../platform/graphql/errors.ts";
import type { StatementRunner } from "../../platform/database/statement.ts";
import { refuse } from "../../platform/refusal.ts";
import {
  belongsToOrganization,
  canManageProductUsers,
  canReadDirectory,
  canReadProductUsers,
  canUpload,
  type Actor,
  type PolicyRefusal,
} from "../sign-in/index.ts";
import { toImportRecord, type ImportRecord } from "./import-record.ts";
import { findPlaceStatement, type PlaceRow } from "./sql/find-place.ts";
import { loadImportsStatement } from "./sql/load-imports.ts";

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A site or product that files go to; of the two ids the other one is null. */
export type UploadPlace = PlaceRow;

/** The import if the actor may read it, else null: the same for what does not exist and what is another's. */
export async function findVisibleImport(
  em: StatementRunner,
  actor: Actor,
  importId: string,
): Promise<ImportRecord | null> {
  const [row] = uuidPattern.test(importId) ? await loadImportsStatement.run(em, [[importId]]) : [];
  return row !== undefined && canReadImports(actor, row) ? toImportRecord(row) : null;
}

/** Whether the actor may read what was uploaded there: it lists people, of the organization's sites or of the product. */
export function canReadImports(
  actor: Actor,
  { organizationId, productId }: Pick<ImportRecord, "organizationId" | "productId">,
): boolean {
  return productId === null
    ? canReadDirectory(actor, organizationId) === true
    : canReadProductUsers(actor, { id: productId, organizationId }) === true;
}

/** The site or product if the actor belongs to its organization, else null: the same for missing and foreign ones. */
export async function findUploadPlace(
  em: StatementRunner,
  actor: Actor,
  { siteId, productId }: { siteId?: string | null; productId?: string | null },
): Promise<UploadPlace | null> {
  const ids = [siteId ?? null, productId ?? null];
  const isId = ids.every((id) => id === null || uuidPattern.test(id));
  const [place] = isId ? await findPlaceStatement.run(em, ids) : [];
  return place !== undefined && belongsToOrganization(actor, place.organizationId) ? place : null;
}

/** Whether the actor may upload there and decide about what was uploaded. */
export function canUploadTo(actor: Actor, place: UploadPlace): true | PolicyRefusal {
  const { siteId, productId, organizationId, name } = place;
  return productId === null
    ? canUpload(actor, { id: siteId ?? "", organizationId, name })
    : canManageProductUsers(actor, { id: productId, organizationId, name });
}

/** Ends the transaction unless the actor may decide about the import: NOT_FOUND, or the policy's refusal. */
export async function insistOnUploading(
  em: StatementRunner,
  actor: Actor,
  record: ImportRecord,
): Promise<UploadPlace> {
  if (!canReadImports(actor, record)) {
    throw notFound();
  }
  const [place] = await findPlaceStatement.run(em, [record.siteId, record.productId]);
  if (place === undefined) {
    throw notFound();
  }
  const allowed = canUploadTo(actor, place);
  if (allowed !== true) {
    refuse(allowed.code, allowed.message, { whoCanGrant: allowed.whoCanGrant });
  }
  return place;
}
