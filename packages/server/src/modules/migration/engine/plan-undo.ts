import { crashpoint } from "../../../platform/crashpoint.ts";
import type { EntityManager } from "../../../platform/database/orm.ts";
import type { KindUndo } from "../kind.ts";
import type { MigrationRecord } from "../migration-record.ts";
import { toUndoRecord, type UndoRecord } from "../undo-record.ts";
import { appendEvent } from "./append-event.ts";
import { proveRun } from "./prove-run.ts";
import { sayNumber } from "./say-number.ts";
import { scopeOf } from "./scope.ts";
import { advanceUndoPlanStatement } from "./sql/advance-undo-plan.ts";
import { extendUndoPlanStatement } from "./sql/extend-undo-plan.ts";
import { findWorkingUndoStatement } from "./sql/find-working-undo.ts";
import { saveUndoPlanStatement } from "./sql/save-undo-plan.ts";
import { setUndoAsideStatement } from "./sql/set-undo-aside.ts";
import type { StepOptions } from "./step-options.ts";

/**
 * What is left to do while nothing runs: an undo that waits for its plan, then a proof that is due. The plan
 * grows by one batch per transaction, so that nobody waits long for the migration and a killed engine goes on.
 */
export async function attendTo(
  tx: EntityManager,
  migration: MigrationRecord,
  options: StepOptions,
): Promise<void> {
  const undo = await findWorkingUndo(tx, migration.id);
  if (undo === null) {
    await proveRun(tx, migration, options);
    return;
  }
  await options.fence(tx);
  await extendPlan(tx, migration, undo, options);
}

/** The undo of a migration that the engine has to go on with; null when there is none. */
export async function findWorkingUndo(tx: EntityManager, migrationId: string): Promise<UndoRecord | null> {
  const [row] = await findWorkingUndoStatement.run(tx, [migrationId]);
  return row === undefined ? null : toUndoRecord(row);
}

/** The kind's way to undo; asking for an undo of a kind without one is refused long before. */
export function undoOf(kind: { code: string; undo?: KindUndo<unknown> }): KindUndo<unknown> {
  if (kind.undo === undefined) {
    throw new Error(`Runs of ${kind.code} cannot be undone`);
  }
  return kind.undo;
}

/** Reads the directory and writes undo items only: who is put back, who was touched since and stays. */
async function extendPlan(
  tx: EntityManager,
  migration: MigrationRecord,
  undo: UndoRecord,
  { kinds, batchSize }: StepOptions,
): Promise<void> {
  const after = undo.plannedOrdinal;
  crashpoint("undo-plan.begun");
  const [next] = await extendUndoPlanStatement.run(tx, [undo.id, migration.id, after, batchSize]);
  if (next?.upTo == null) {
    await savePlan(tx, migration, undo);
    return;
  }
  const kind = kinds(migration.kind);
  const batch = { ...scopeOf(migration, kind), undoId: undo.id, after, upTo: next.upTo };
  const touched = await undoOf(kind).findTouched(tx, batch);
  if (touched.length > 0) {
    await setUndoAsideStatement.run(tx, [undo.id, JSON.stringify(touched)]);
  }
  await advanceUndoPlanStatement.run(tx, [undo.id, next.upTo]);
  crashpoint("undo-plan.extended");
}

async function savePlan(tx: EntityManager, migration: MigrationRecord, undo: UndoRecord): Promise<void> {
  const [plan] = await saveUndoPlanStatement.run(tx, [undo.id, migration.id]);
  if (plan === undefined) {
    throw new Error(`The plan of undo ${undo.id} could not be saved`);
  }
  await appendEvent(
    tx,
    migration.id,
    "UNDO_PLANNED",
    `Undo planned: ${sayNumber(plan.restoreCount)} would be put back, ${sayNumber(plan.setAsideCount)} set aside`,
    {
      undoId: undo.id,
      fingerprint: plan.fingerprint,
      restore: plan.restoreCount,
      setAside: plan.setAsideCount,
      unchanged: plan.unchangedCount,
    },
  );
}
