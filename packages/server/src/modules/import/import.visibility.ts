import { notFound } from "../../platform/graphql/errors.ts";
import type { StatementRunner } from "../../platform/database/statement.ts";
import { refuse } from "../../platform/refusal.ts";
import { belongsToOrganization, canReadDirectory, canUpload, type Actor } from "../sign-in/index.ts";
import { toImportRecord, type ImportRecord } from "./import-record.ts";
import { findSiteStatement } from "./sql/find-site.ts";
import { loadImportsStatement } from "./sql/load-imports.ts";

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A site that files go to. */
export interface UploadSite {
  id: string;
  organizationId: string;
  name: string;
}

/** The import if the actor may read it, else null: the same for what does not exist and what is another's. */
export async function findVisibleImport(
  em: StatementRunner,
  actor: Actor,
  importId: string,
): Promise<ImportRecord | null> {
  const [row] = uuidPattern.test(importId) ? await loadImportsStatement.run(em, [[importId]]) : [];
  return row !== undefined && canReadImports(actor, row.organizationId) ? toImportRecord(row) : null;
}

/** Whether the actor may read what was uploaded to sites of the organization: it lists people. */
export function canReadImports(actor: Actor, organizationId: string): boolean {
  return canReadDirectory(actor, organizationId) === true;
}

/** The site if the actor belongs to its organization, else null: the same for missing and foreign ones. */
export async function findUploadSite(
  em: StatementRunner,
  actor: Actor,
  siteId: string,
): Promise<UploadSite | null> {
  const [site] = uuidPattern.test(siteId) ? await findSiteStatement.run(em, [siteId]) : [];
  return site !== undefined && belongsToOrganization(actor, site.organizationId) ? site : null;
}

/** Ends the transaction unless the actor may decide about the import: NOT_FOUND, or the policy's refusal. */
export async function insistOnUploading(
  em: StatementRunner,
  actor: Actor,
  record: ImportRecord,
): Promise<UploadSite> {
  if (!canReadImports(actor, record.organizationId)) {
    throw notFound();
  }
  const [site] = await findSiteStatement.run(em, [record.siteId]);
  if (site === undefined) {
    throw notFound();
  }
  const allowed = canUpload(actor, site);
  if (allowed !== true) {
    refuse(allowed.code, allowed.message, { whoCanGrant: allowed.whoCanGrant });
  }
  return site;
}
