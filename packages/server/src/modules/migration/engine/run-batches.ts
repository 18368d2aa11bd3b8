import type { EntityManager } from "../../../platform/database/orm.ts";
import { crashpoint } from "../../../platform/crashpoint.ts";
import { inSpan } from "../../../platform/tracing.ts";
import type { MigrationRecord } from "../migration-record.ts";
import { applyBatch } from "./apply-batch.ts";
import type { Lease } from "./lease.ts";
import type { KindLookup } from "./scope.ts";
import { batchSizeFor } from "./step-options.ts";

/** How the batches of a run are driven. */
export interface LaneOptions {
  fork: () => EntityManager;
  kinds: KindLookup;
  batchSize: number;
  /** Pause between batches in milliseconds, to leave the database room for others. */
  batchPause: number;
  /** Batches whose people are written at the same time. */
  lanes: number;
  /** Whether to begin no further batch. */
  isOver: () => boolean;
  /** Told of each committed batch: people in it and seconds it took, the wait for the one before included. */
  onBatch?: (people: number, seconds: number) => void;
}

/**
 * Applies batches from the cursor on until the last row or until told to stop. Several transactions write people at
 * once, each commits only after the one before: whatever moment the process dies at, a prefix of the batches is done
 * and nothing else. Rejects with the first failure after everything under way has ended.
 */
export async function runBatches(
  migration: MigrationRecord,
  lease: Lease,
  options: LaneOptions,
): Promise<void> {
  const size = batchSizeFor(migration.totalItems, options.batchSize);
  const underWay: Promise<void>[] = [];
  let failure: unknown;
  let turn: Promise<void> = Promise.resolve();
  for (let after = migration.appliedOrdinal; after < migration.totalItems; after += size) {
    if (underWay.length >= options.lanes) {
      await underWay.shift()?.catch(() => {});
    }
    if (failure !== undefined || options.isOver()) {
      break;
    }
    const range = { after, upTo: Math.min(migration.totalItems, after + size) };
    const before = turn;
    const startedAt = performance.now();
    const batch = inSpan("engine batch", { "rehome.migration": migration.id }, () =>
      options.fork().transactional((tx) => applyBatch(tx, migration, lease, options.kinds, range, before)),
    ).then(() => {
      options.onBatch?.(range.upTo - range.after, (performance.now() - startedAt) / 1000);
      crashpoint("batch.committed");
    });
    batch.catch((error: unknown) => {
      failure ??= error;
    });
    turn = batch;
    underWay.push(batch);
    if (options.batchPause > 0) {
      await batch.catch(() => {});
      await wait(options.batchPause);
    }
  }
  await Promise.allSettled(underWay);
  if (failure !== undefined) {
    throw failure;
  }
}

/** Resolves after this many milliseconds. */
export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
