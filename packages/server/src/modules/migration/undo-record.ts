/** Where an undo stands. */
export const undoStates = ["PLANNING", "PLANNED", "UNDOING", "UNDONE", "FAILED", "SUPERSEDED"] as const;
export type UndoState = (typeof undoStates)[number];

/** Whom an undo is about: everything, or the given items, or those of an outcome and an effect. */
export interface UndoScope {
  everything: boolean;
  itemIds: string[] | null;
  outcome: string | null;
  effect: string | null;
}

/** A row of migration_undo. Timestamps are Dates, counts are rows of the migration. */
export interface UndoRecord extends UndoScope {
  id: string;
  migrationId: string;
  state: UndoState;
  fingerprint: string | null;
  /** The migration's last event when the plan was done. */
  plannedSequence: number | null;
  /** Rows of the migration up to this one are planned, and carried out. */
  plannedOrdinal: number;
  appliedOrdinal: number;
  totalCount: number;
  restoreCount: number;
  setAsideCount: number;
  unchangedCount: number;
  processedCount: number;
  restoredCount: number;
  /** Set aside in the end: planned so, or touched after the plan. */
  refusedCount: number;
  /** The migration's state before the undo. */
  returnState: string | null;
  failure: string | null;
  createdBy: string;
  createdAt: Date;
  plannedAt: Date | null;
  startedBy: string | null;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/** The columns every reader of migration_undo selects, named as in UndoRecord. */
export const undoColumns = `
  u.id, u.migration_id as "migrationId", u.state, u.everything, u.item_ids::text[] as "itemIds", u.outcome, u.effect, u.fingerprint,
  u.planned_sequence::int as "plannedSequence", u.planned_ordinal as "plannedOrdinal", u.applied_ordinal as "appliedOrdinal",
  u.total_count as "totalCount", u.restore_count as "restoreCount", u.set_aside_count as "setAsideCount",
  u.unchanged_count as "unchangedCount", u.processed_count as "processedCount", u.restored_count as "restoredCount",
  u.refused_count as "refusedCount", u.return_state as "returnState", u.failure, u.created_by as "createdBy",
  u.created_at as "createdAt", u.planned_at as "plannedAt", u.started_by as "startedBy", u.started_at as "startedAt",
  u.finished_at as "finishedAt"`;

/** The row as the driver gives it: timestamps are text. */
export type UndoRow = {
  [Key in keyof UndoRecord]: Date extends UndoRecord[Key]
    ? Exclude<UndoRecord[Key], Date> | string
    : UndoRecord[Key];
};

/** Turns the driver's text timestamps into Dates. */
export function toUndoRecord(row: UndoRow): UndoRecord {
  return {
    ...row,
    createdAt: new Date(row.createdAt),
    plannedAt: toDate(row.plannedAt),
    startedAt: toDate(row.startedAt),
    finishedAt: toDate(row.finishedAt),
  };
}

function toDate(value: string | null): Date | null {
  return value === null ? null : new Date(value);
}
