import type { UndoRecord } from "../undo-record.ts";
import type { UndoPersonRow } from "./sql/list-undo-people.ts";
import { sayScope } from "./undo-scope.ts";
import type { MigrationUndoType, UndoPersonType } from "./undo.types.ts";

/** The GraphQL object of a stored undo. */
export function toUndoType(record: UndoRecord): MigrationUndoType {
  return {
    record,
    id: record.id,
    state: record.state,
    everything: record.everything,
    outcome: record.outcome,
    effect: record.effect,
    namedRows: record.itemIds?.length ?? null,
    about: sayScope(record),
    fingerprint: record.fingerprint,
    total: record.totalCount,
    restoreCount: record.restoreCount,
    setAsideCount: record.setAsideCount,
    unchangedCount: record.unchangedCount,
    processed: record.processedCount,
    restored: record.restoredCount,
    leftAside: record.refusedCount,
    createdAt: record.createdAt,
    plannedAt: record.plannedAt,
    startedAt: record.startedAt,
    finishedAt: record.finishedAt,
    failure: record.failure,
  };
}

/** The GraphQL object of a row of an undo that was started, or not. */
export function toUndoPerson(row: UndoPersonRow, undo: UndoRecord): UndoPersonType {
  const { itemId, email, name, action, reason } = row;
  const done = undo.startedAt !== null && row.ordinal <= undo.appliedOrdinal;
  return { itemId, email, name, action, reason, done };
}
