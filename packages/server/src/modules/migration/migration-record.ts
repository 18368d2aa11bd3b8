import type { MigrationState } from "./engine/states.ts";
import type { AccessProof } from "../access-proof/index.ts";
import type { PlanSummary } from "./kind.ts";

/** A row of the migration table as the module reads it. Timestamps are Dates, counts are people. */
export interface MigrationRecord {
  id: string;
  organizationId: string;
  number: number;
  kind: string;
  state: MigrationState;
  sourceSiteId: string;
  destinationSiteId: string;
  options: Record<string, unknown>;
  /** The migration whose set-aside people this one plans again; null for all others. */
  followUpOf: string | null;
  planFingerprint: string | null;
  planInputDigest: string | null;
  planSummary: PlanSummary | null;
  plannedAt: Date | null;
  approvedFingerprint: string | null;
  approvedBy: string | null;
  approvedAt: Date | null;
  totalItems: number;
  appliedOrdinal: number;
  successfulCount: number;
  attentionCount: number;
  failedCount: number;
  openAttentionCount: number;
  createdCount: number;
  linkedCount: number;
  unchangedCount: number;
  notCopiedCount: number;
  /** People an undo put back, and those it left because they were touched since. */
  undoneCount: number;
  undoSetAsideCount: number;
  lastSequence: number;
  /** The newest proof; one from before differences were stored has only its sums until it is computed again. */
  proof: (Pick<AccessProof, "gained" | "lost" | "unexplained" | "computedAt"> & Partial<AccessProof>) | null;
  /** Raised by whatever changes access; ahead of provenVersion while a proof is due. */
  accessVersion: number;
  provenVersion: number;
  /** Whether the whole run keeps a journal; false before the start, and for runs of versions that kept none. */
  journaled: boolean;
  failure: string | null;
  createdBy: string;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/** The columns every reader of the migration table selects, named as in MigrationRecord. */
export const migrationColumns = `
  m.id, m.organization_id as "organizationId", m.number, m.kind, m.state,
  m.source_site_id as "sourceSiteId", m.destination_site_id as "destinationSiteId", m.options,
  m.follow_up_of as "followUpOf",
  m.plan_fingerprint as "planFingerprint", m.plan_input_digest as "planInputDigest", m.plan_summary as "planSummary",
  m.planned_at as "plannedAt", m.approved_fingerprint as "approvedFingerprint", m.approved_by as "approvedBy",
  m.approved_at as "approvedAt", m.total_items as "totalItems", m.applied_ordinal as "appliedOrdinal",
  m.successful_count as "successfulCount", m.attention_count as "attentionCount", m.failed_count as "failedCount",
  m.open_attention_count as "openAttentionCount", m.created_count as "createdCount", m.linked_count as "linkedCount",
  m.unchanged_count as "unchangedCount", m.not_copied_count as "notCopiedCount",
  m.undone_count as "undoneCount", m.undo_set_aside_count as "undoSetAsideCount", m.last_sequence::int as "lastSequence",
  m.proof, m.access_version::int as "accessVersion", m.proven_version::int as "provenVersion", m.journaled, m.failure, m.created_by as "createdBy", m.created_at as "createdAt", m.started_at as "startedAt",
  m.finished_at as "finishedAt"`;

/** The row as the driver gives it: timestamps are text. */
export type MigrationRow = {
  [Key in keyof MigrationRecord]: Date extends MigrationRecord[Key]
    ? Exclude<MigrationRecord[Key], Date> | string
    : MigrationRecord[Key];
};

/** Turns the driver's text timestamps into Dates. */
export function toMigrationRecord(row: MigrationRow): MigrationRecord {
  return {
    ...row,
    plannedAt: toDate(row.plannedAt),
    approvedAt: toDate(row.approvedAt),
    createdAt: new Date(row.createdAt),
    startedAt: toDate(row.startedAt),
    finishedAt: toDate(row.finishedAt),
  };
}

function toDate(value: string | null): Date | null {
  return value === null ? null : new Date(value);
}

/** The name people use: MR-42. */
export function migrationName(number: number): string {
  return `MR-${number}`;
}
