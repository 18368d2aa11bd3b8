import type { FileKind } from "./files/header-fields.ts";
import type { HeaderMapping } from "./files/header.ts";

/** Where an upload stands. RECEIVING and APPLYING are left by the program itself, the others by people. */
export const importStates = ["RECEIVING", "PREVIEW", "APPLYING", "APPLIED", "FAILED", "DISCARDED"] as const;
export type ImportState = (typeof importStates)[number];

/** What was found about a row. Only GOOD rows are applied. */
export const importRowStates = ["GOOD", "BAD", "INVALID_EMAIL", "UNSUPPORTED_EMAIL", "DUPLICATE"] as const;
export type ImportRowState = (typeof importRowStates)[number];

/** What applying does or did, counted over GOOD rows. People are counted for files of customers and product users only. */
export interface ImportEffects {
  newPeople: number;
  updatedPeople: number;
  /** Keys of service projects that the site does not have, at most 100 of them, sorted. */
  unknownProjectKeys: string[];
  /** Requests that belong to nobody. */
  unknownReporters: number;
  /** Of a product users file; absent from what was counted before there were such files. */
  productUsers?: ProductUserEffects;
}

/** What a product users file brings, counted over GOOD rows. */
export interface ProductUserEffects {
  distributionLists: number;
  bots: number;
  /** Bots whose address has logins on other products of the organization, too, and that nobody has confirmed. */
  flaggedBots: number;
  /** Password hashes that are kept, sealed. */
  keptHashes: number;
  /** Hashes that no password can be checked against. */
  refusedHashes: number;
}

/** A row of import_file as the module reads it. Counts are rows below the header; their sum is `totalRows`. */
export interface ImportRecord {
  id: string;
  organizationId: string;
  /** Where it goes: a site or a product; the other is null. */
  siteId: string | null;
  productId: string | null;
  fileKind: FileKind;
  fileName: string;
  state: ImportState;
  /** Null until the header was understood. */
  header: HeaderMapping | null;
  isCorrection: boolean;
  /** Bytes received. */
  bytes: number;
  totalRows: number;
  goodRows: number;
  /** Rows that cannot be used as they are; duplicates are counted apart. */
  badRows: number;
  duplicateRows: number;
  warningRows: number;
  /** Null until the whole file was read. */
  effects: ImportEffects | null;
  failureCode: string | null;
  failure: string | null;
  createdBy: string;
  createdAt: Date;
  appliedBy: string | null;
  appliedAt: Date | null;
  /** When the rows were removed because nothing needed them any more; null while they are there. */
  rowsRemovedAt: Date | null;
}

/** The columns every reader of import_file (as f) selects, named as in ImportRecord. */
export const importColumns = `
  f.id, f.organization_id as "organizationId", f.site_id as "siteId", f.product_id as "productId", f.file_kind as "fileKind",
  f.file_name as "fileName", f.state, f.header, f.is_correction as "isCorrection", f.bytes::float8 as bytes,
  f.total_rows as "totalRows", f.good_rows as "goodRows", f.bad_rows as "badRows",
  f.duplicate_rows as "duplicateRows", f.warning_rows as "warningRows", f.effects,
  f.failure_code as "failureCode", f.failure, f.created_by as "createdBy", f.created_at as "createdAt",
  f.applied_by as "appliedBy", f.applied_at as "appliedAt",
  f.rows_removed_at as "rowsRemovedAt"`;

/** The row as the driver gives it: timestamps are text. */
export type ImportRow = Omit<ImportRecord, "createdAt" | "appliedAt" | "rowsRemovedAt"> & {
  createdAt: string;
  appliedAt: string | null;
  rowsRemovedAt: string | null;
};

/** Turns the driver's text timestamps into Dates. */
export function toImportRecord(row: ImportRow): ImportRecord {
  return {
    ...row,
    createdAt: new Date(row.createdAt),
    appliedAt: row.appliedAt === null ? null : new Date(row.appliedAt),
    rowsRemovedAt: row.rowsRemovedAt === null ? null : new Date(row.rowsRemovedAt),
  };
}
