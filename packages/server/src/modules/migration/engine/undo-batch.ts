import { crashpoint } from "../../../platform/crashpoint.ts";
import { byIndexOnly } from "../../../platform/database/by-index-only.ts";
import type { EntityManager } from "../../../platform/database/orm.ts";
import { refusedByDatabase } from "../../../platform/database/refused-by-database.ts";
import { announce } from "../../../platform/events/announce.ts";
import { appendAuditEntry } from "../../audit/index.ts";
import type { KindUndo, UndoBatch } from "../kind.ts";
import { migrationName, type MigrationRecord } from "../migration-record.ts";
import type { UndoRecord } from "../undo-record.ts";
import { appendEvent } from "./append-event.ts";
import { engineTopic } from "./engine-topic.ts";
import { findWorkingUndo, undoOf } from "./plan-undo.ts";
import { sayNumber } from "./say-number.ts";
import { scopeOf } from "./scope.ts";
import { failUndoStatement } from "./sql/fail-undo.ts";
import { findUndoBatchStatement } from "./sql/find-undo-batch.ts";
import { finishUndoStatement } from "./sql/finish-undo.ts";
import { recordUndoBatchStatement } from "./sql/record-undo-batch.ts";
import { setUndoAsideStatement } from "./sql/set-undo-aside.ts";
import { transitions } from "./states.ts";
import { batchSizeFor, type StepOptions } from "./step-options.ts";

/**
 * One batch of an undo in one transaction: the people, the counts, the cursor and the event. Whoever was touched
 * after the plan is set aside too, and so is a person whom the database refuses to put back, alone.
 */
export async function undoNextBatch(
  tx: EntityManager,
  migration: MigrationRecord,
  { kinds, batchSize, fence }: StepOptions,
): Promise<void> {
  // First of all: the cursor is read under it, and no decision about these people comes in between.
  await fence(tx);
  const undo = await findWorkingUndo(tx, migration.id);
  if (undo === null) {
    throw new Error(`Migration ${migration.id} is being undone without an undo`);
  }
  const kind = kinds(migration.kind);
  const after = undo.appliedOrdinal;
  const size = batchSizeFor(undo.totalCount, batchSize);
  const [next] = await findUndoBatchStatement.run(tx, [undo.id, after, size]);
  if (next?.upTo == null) {
    await finishUndo(
      tx,
      migration,
      undo,
      await undoOf(kind).finish(tx, scopeOf(migration, kind), undo.everything),
    );
    return;
  }
  const batch = { ...scopeOf(migration, kind), undoId: undo.id, after, upTo: next.upTo };
  await undoOf(kind).lock(tx, batch);
  await setAside(tx, batch, await undoOf(kind).findTouched(tx, batch));
  crashpoint("undo.looked");
  await restoreRange(tx, undoOf(kind), batch);
  crashpoint("undo.restored");
  const [done] = await byIndexOnly(tx, () =>
    recordUndoBatchStatement.run(tx, [undo.id, migration.id, batch.after, batch.upTo]),
  );
  crashpoint("undo.recorded");
  if (done === undefined) {
    throw new Error(`Batch ${after + 1}–${next.upTo} of undo ${undo.id} was recorded before`);
  }
  await appendEvent(
    tx,
    migration.id,
    "UNDO_BATCH",
    `Undone up to row ${sayNumber(next.upTo)}: ${sayNumber(done.restored)} put back, ${sayNumber(done.setAside)} set aside`,
    { undoId: undo.id, upTo: next.upTo, ...done },
  );
}

/** Records why the engine gave up an undo: at a batch edge, and the migration gets its state back. False: there is none. */
export async function failUndo(tx: EntityManager, migrationId: string, message: string): Promise<boolean> {
  const undo = await findWorkingUndo(tx, migrationId);
  if (undo === null) {
    return false;
  }
  await failUndoStatement.run(tx, [undo.id, migrationId, message]);
  const planning = undo.state === "PLANNING";
  await appendEvent(
    tx,
    migrationId,
    planning ? "UNDO_PLANNING_FAILED" : "UNDO_FAILED",
    planning
      ? "The undo could not be planned; nothing was changed"
      : "The undo stopped at a batch edge; nobody is half put back",
    { undoId: undo.id, failure: message },
  );
  return true;
}

/**
 * Puts the range back. When the database refuses, the range is halved until one person stands alone, so a bad row
 * costs some twenty rounds and not one for every person of the batch.
 */
async function restoreRange(
  tx: EntityManager,
  undo: KindUndo<unknown>,
  batch: UndoBatch<unknown>,
): Promise<void> {
  try {
    // Nested, so it is a savepoint.
    await tx.transactional((inner) => undo.restore(inner, batch));
  } catch (error) {
    const reason = refusedByDatabase(error);
    if (reason === null) {
      throw error;
    }
    if (batch.upTo - batch.after <= 1) {
      await setAside(tx, batch, [{ ordinal: batch.upTo, reason }]);
      return;
    }
    const middle = Math.floor((batch.after + batch.upTo) / 2);
    await restoreRange(tx, undo, { ...batch, upTo: middle });
    await restoreRange(tx, undo, { ...batch, after: middle });
  }
}

async function setAside(
  tx: EntityManager,
  batch: UndoBatch<unknown>,
  people: readonly { ordinal: number; reason: string }[],
): Promise<void> {
  if (people.length > 0) {
    await setUndoAsideStatement.run(tx, [batch.undoId, JSON.stringify(people)]);
  }
}

async function finishUndo(
  tx: EntityManager,
  migration: MigrationRecord,
  undo: UndoRecord,
  notes: readonly string[],
): Promise<void> {
  const [ended] = await finishUndoStatement.run(tx, [undo.id, migration.id, transitions.UNDOING]);
  if (ended === undefined) {
    throw new Error(`Undo ${undo.id} cannot end in ${undo.returnState}`);
  }
  crashpoint("undo.ended");
  const counts = `${sayNumber(undo.restoredCount)} put back, ${sayNumber(undo.refusedCount)} set aside`;
  const summary = [undo.everything ? `Run undone: ${counts}` : `Undo done: ${counts}`, ...notes].join("; ");
  await appendAuditEntry(tx, {
    organizationId: migration.organizationId,
    actorAccountId: null,
    action: "migration.undone",
    subjectType: "migration",
    subjectId: migration.id,
    summary: `${migrationName(migration.number)}: ${summary}`,
  });
  await appendEvent(tx, migration.id, "UNDONE", summary, {
    undoId: undo.id,
    restored: undo.restoredCount,
    setAside: undo.refusedCount,
    state: ended.state,
    openAttention: ended.openAttention,
  });
  // The proof is due now.
  await announce(tx, [engineTopic]);
}
