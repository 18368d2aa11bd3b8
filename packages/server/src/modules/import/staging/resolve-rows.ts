import type { StatementRunner } from "../../../platform/database/statement.ts";
import type { FileKind } from "../files/header-fields.ts";
import type { HeaderMapping } from "../files/header.ts";
import { toImportRecord, type ImportEffects, type ImportRecord } from "../import-record.ts";
import { countStatesStatement, type StateCounts } from "../sql/count-states.ts";
import { favourBulkJoinsStatement } from "../sql/favour-bulk-joins.ts";
import { findUnknownProjectKeysStatement } from "../sql/find-unknown-project-keys.ts";
import { judgeRequestProjectsStatement } from "../sql/judge-request-projects.ts";
import { markDuplicateCustomersStatement } from "../sql/mark-duplicate-customers.ts";
import { markDuplicateProductUsersStatement } from "../sql/mark-duplicate-product-users.ts";
import { markDuplicateProjectsStatement } from "../sql/mark-duplicate-projects.ts";
import { markDuplicateRequestsStatement } from "../sql/mark-duplicate-requests.ts";
import { measureCustomersStatement } from "../sql/measure-customers.ts";
import { measureProductUsersStatement } from "../sql/measure-product-users.ts";
import { measureRequestsStatement } from "../sql/measure-requests.ts";
import { saveCountsStatement } from "../sql/save-counts.ts";
import { concernsClosedAccountsStatement } from "../sql/concerns-closed-accounts.ts";
import { warnCustomersStatement } from "../sql/warn-customers.ts";
import { warnProductUsersStatement } from "../sql/warn-product-users.ts";
import { warnProjectsStatement } from "../sql/warn-projects.ts";
import { warnRequestsStatement } from "../sql/warn-requests.ts";

/** Rows above which joins go over whole sets; below, looking each up is quicker in a large directory. */
const BULK_ROWS = 1000;

/** Unknown project keys that are kept with the import. */
const KEPT_KEYS = 100;

const nothing: ImportEffects = {
  newPeople: 0,
  updatedPeople: 0,
  unknownProjectKeys: [],
  unknownReporters: 0,
};

/** Staged rows and where they go. */
export interface StagedRows {
  importId: string;
  siteId: string | null;
  productId: string | null;
  header: HeaderMapping;
  /** How many there are. */
  rows: number;
  /** What was found when the rows were judged before; null for rows that were just staged. */
  effects: ImportEffects | null;
}

/**
 * Judges the staged rows among each other and against the site or product as it is now: duplicates, unknown projects and
 * people, effects and counts. Repeating it changes nothing unless that changed. Needs a transaction.
 */
export async function resolveRows(em: StatementRunner, staged: StagedRows): Promise<ImportRecord> {
  if (staged.rows > BULK_ROWS) {
    await favourBulkJoinsStatement.run(em);
  }
  const { mark, measure } = resolvers[staged.header.fileKind];
  const unknownProjectKeys = await mark(em, staged);
  const [counts] = await countStatesStatement.run(em, [staged.importId]);
  if (counts === undefined) {
    throw new Error("Counting always answers one row");
  }
  const effects = { ...nothing, unknownProjectKeys, ...(await measure(em, staged, counts)) };
  const { total, good, duplicate, warned } = counts;
  const values = [staged.importId, total, good, duplicate, warned, JSON.stringify(effects)];
  const [row] = await saveCountsStatement.run(em, values);
  if (row === undefined) {
    throw new Error(`Import ${staged.importId} is gone`);
  }
  return toImportRecord(row);
}

interface Resolver {
  /** Writes states, problems and warnings; returns the first unknown project keys. */
  mark: (em: StatementRunner, staged: StagedRows) => Promise<string[]>;
  measure: (em: StatementRunner, staged: StagedRows, counts: StateCounts) => Promise<Partial<ImportEffects>>;
}

const resolvers: Record<FileKind, Resolver> = {
  CUSTOMERS: {
    async mark(em, { importId, siteId, header, effects }) {
      if (effects === null) {
        // Rows of one file among each other: what was found once stands.
        await markDuplicateCustomersStatement.run(em, [importId, headerOf(header, "email")]);
      }
      const unknown = await findUnknownProjectKeysStatement.run(em, [importId, siteId, KEPT_KEYS]);
      const keys = unknown.map(({ key }) => key);
      const [closed] = await concernsClosedAccountsStatement.run(em, [importId]);
      if (!isSame(keys, effects?.unknownProjectKeys ?? []) || closed?.concerned === true) {
        await warnCustomersStatement.run(em, [importId, siteId]);
      }
      return keys;
    },
    async measure(em, { importId, siteId }, counts) {
      const [measured] = await measureCustomersStatement.run(em, [importId, siteId]);
      const updatedPeople = measured?.knownPeople ?? 0;
      return { newPeople: counts.good - updatedPeople, updatedPeople };
    },
  },
  REQUESTS: {
    async mark(em, { importId, siteId, header }) {
      await markDuplicateRequestsStatement.run(em, [importId, headerOf(header, "key")]);
      await judgeRequestProjectsStatement.run(em, [importId, siteId, headerOf(header, "project")]);
      await warnRequestsStatement.run(em, [importId, siteId]);
      return [];
    },
    async measure(em, { importId, siteId }) {
      const [measured] = await measureRequestsStatement.run(em, [importId, siteId, KEPT_KEYS]);
      return measured ?? nothing;
    },
  },
  PROJECTS: {
    async mark(em, { importId, siteId, header }) {
      await markDuplicateProjectsStatement.run(em, [importId, headerOf(header, "key")]);
      await warnProjectsStatement.run(em, [importId, siteId]);
      return [];
    },
    measure: async () => nothing,
  },
  PRODUCT_USERS: {
    async mark(em, { importId, productId, header }) {
      await markDuplicateProductUsersStatement.run(em, [importId, headerOf(header, "email")]);
      await warnProductUsersStatement.run(em, [importId, productId]);
      return [];
    },
    async measure(em, { importId, productId }, counts) {
      const [measured] = await measureProductUsersStatement.run(em, [importId, productId]);
      if (measured === undefined) {
        throw new Error("Measuring always answers one row");
      }
      const { knownPeople, ...productUsers } = measured;
      return { newPeople: counts.good - knownPeople, updatedPeople: knownPeople, productUsers };
    },
  },
};

/** Whether the warnings that these keys gave cause for stand already. Beyond the kept keys nobody knows. */
function isSame(keys: readonly string[], before: readonly string[]): boolean {
  return keys.length < KEPT_KEYS && JSON.stringify(keys) === JSON.stringify(before);
}

/** The header of a field's column as the file writes it; the field where it has none. */
export function headerOf(header: HeaderMapping, field: string): string {
  return header.columns.find((column) => column.field === field)?.header ?? field;
}
