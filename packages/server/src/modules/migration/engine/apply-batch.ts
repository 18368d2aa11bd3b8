import type { EntityManager } from "../../../platform/database/orm.ts";
import { crashpoint } from "../../../platform/crashpoint.ts";
import type { MigrationRecord } from "../migration-record.ts";
import { appendEvent } from "./append-event.ts";
import { holdBrakes } from "./brakes.ts";
import { keepEstimate } from "../estimate/keep-estimate.ts";
import { LeaseLost, type Lease } from "./lease.ts";
import { sayNumber } from "./say-number.ts";
import { scopeOf, type KindLookup } from "./scope.ts";
import { guardTransactionStatement } from "./sql/guard-transaction.ts";
import { recordBatchStatement } from "./sql/record-batch.ts";

/** A batch to apply: ordinals above `after` up to and with `upTo`. */
export interface BatchRange {
  after: number;
  upTo: number;
}

/**
 * One batch of a run in one transaction: the people, their outcomes, then in turn the counts, the cursor and the
 * event. `turn` resolves when the batch before has committed, so the log and the cursor move in order although the
 * people of several batches are written at the same time; it rejects when that batch failed. Throws BrakesTripped
 * when the batch would pass a limit.
 */
export async function applyBatch(
  tx: EntityManager,
  migration: MigrationRecord,
  lease: Lease,
  kinds: KindLookup,
  { after, upTo }: BatchRange,
  turn: Promise<void>,
): Promise<void> {
  await guardTransactionStatement.run(tx);
  crashpoint("batch.begun");
  const kind = kinds(migration.kind);
  const batch = { ...scopeOf(migration, kind), after, upTo };
  await kind.apply(tx, batch);
  const measured = await kind.brakes.measure(tx, batch);
  crashpoint("batch.applied");
  await turn;
  crashpoint("batch.turn");
  const [counts] = await recordBatchStatement.run(tx, [migration.id, after, upTo, lease.number]);
  if (counts === undefined) {
    throw new LeaseLost(migration.id);
  }
  if (counts.missing > 0) {
    throw new Error(`Batch ${after + 1}–${upTo} left ${counts.missing} items without an outcome`);
  }
  // Nothing of this is seen by anybody before the commit: a tripped brake takes all of it back.
  await holdBrakes(tx, kind, batch, measured, counts.total);
  await keepEstimate(tx, migration, { after, upTo });
  crashpoint("batch.recorded");
  await appendEvent(
    tx,
    migration.id,
    "BATCH_APPLIED",
    `Rows ${sayNumber(after + 1)}–${sayNumber(upTo)}: ${counts.successful} successful, ${counts.attention} require attention, ${counts.failed} not copied`,
    {
      from: after + 1,
      to: upTo,
      successful: counts.successful,
      requiresAttention: counts.attention,
      failed: counts.failed,
      processed: counts.processed,
      total: counts.total,
    },
  );
  crashpoint("batch.event");
}
