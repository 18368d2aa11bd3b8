import type { StatementRunner } from "../../../platform/database/statement.ts";
import type { HeaderMapping } from "../files/header.ts";
import { toImportRecord, type ImportEffects, type ImportRecord } from "../import-record.ts";
import { favourBulkJoinsStatement } from "../sql/favour-bulk-joins.ts";
import { findUnknownProjectKeysStatement } from "../sql/find-unknown-project-keys.ts";
import { judgeRequestProjectsStatement } from "../sql/judge-request-projects.ts";
import { markDuplicateCustomersStatement } from "../sql/mark-duplicate-customers.ts";
import { markDuplicateProjectsStatement } from "../sql/mark-duplicate-projects.ts";
import { markDuplicateRequestsStatement } from "../sql/mark-duplicate-requests.ts";
import { measureCustomersStatement } from "../sql/measure-customers.ts";
import { measureRequestsStatement } from "../sql/measure-requests.ts";
import { saveCountsStatement } from "../sql/save-counts.ts";
import { warnCustomersStatement } from "../sql/warn-customers.ts";
import { warnProjectsStatement } from "../sql/warn-projects.ts";
import { warnRequestsStatement } from "../sql/warn-requests.ts";

/** Rows above which joins go over whole sets; below, looking each up is quicker in a large directory. */
const BULK_ROWS = 1000;

/** Unknown project keys that are kept with the import. */
const SHOWN_KEYS = 100;

const nothing: ImportEffects = {
  newPeople: 0,
  updatedPeople: 0,
  unknownProjectKeys: [],
  unknownReporters: 0,
};

/**
 * Judges the staged rows among each other and against the site as it is now: duplicates, unknown projects and
 * people, effects and counts. Repeating it changes nothing unless the site changed. Needs a transaction.
 */
export async function resolveRows(
  em: StatementRunner,
  target: { importId: string; siteId: string; header: HeaderMapping; rows: number },
): Promise<ImportRecord> {
  const { importId, siteId, header } = target;
  if (target.rows > BULK_ROWS) {
    await favourBulkJoinsStatement.run(em);
  }
  const effects = await resolvers[header.fileKind](em, importId, siteId, header);
  const [row] = await saveCountsStatement.run(em, [importId, JSON.stringify(effects)]);
  if (row === undefined) {
    throw new Error(`Import ${importId} is gone`);
  }
  return toImportRecord(row);
}

type Resolver = (
  em: StatementRunner,
  importId: string,
  siteId: string,
  header: HeaderMapping,
) => Promise<ImportEffects>;

const resolvers: Record<HeaderMapping["fileKind"], Resolver> = {
  async CUSTOMERS(em, importId, siteId, header) {
    await markDuplicateCustomersStatement.run(em, [importId, headerOf(header, "email")]);
    const unknown = await findUnknownProjectKeysStatement.run(em, [importId, siteId]);
    const unknownProjectKeys = unknown.map(({ key }) => key);
    await warnCustomersStatement.run(em, [importId, unknownProjectKeys]);
    const [measured] = await measureCustomersStatement.run(em, [importId, siteId]);
    const { people = 0, knownPeople = 0 } = measured ?? {};
    return {
      ...nothing,
      newPeople: people - knownPeople,
      updatedPeople: knownPeople,
      unknownProjectKeys: unknownProjectKeys.slice(0, SHOWN_KEYS),
    };
  },
  async REQUESTS(em, importId, siteId, header) {
    await markDuplicateRequestsStatement.run(em, [importId, headerOf(header, "key")]);
    await judgeRequestProjectsStatement.run(em, [importId, siteId, headerOf(header, "project")]);
    await warnRequestsStatement.run(em, [importId, siteId]);
    const [effects] = await measureRequestsStatement.run(em, [importId, siteId]);
    return effects ?? nothing;
  },
  async PROJECTS(em, importId, siteId, header) {
    await markDuplicateProjectsStatement.run(em, [importId, headerOf(header, "key")]);
    await warnProjectsStatement.run(em, [importId, siteId]);
    return nothing;
  },
};

/** The header of a field's column as the file writes it; the field where it has none. */
export function headerOf(header: HeaderMapping, field: string): string {
  return header.columns.find((column) => column.field === field)?.header ?? field;
}
