import type { EntityManager } from "../../../platform/database/orm.ts";
import type { MigrationRecord } from "../migration-record.ts";
import { appendEvent } from "./append-event.ts";

import { moveState } from "./move-state.ts";
import { batchSizeFor, type StepOptions } from "./step-options.ts";
import { scopeOf } from "./scope.ts";
import { recordBatchStatement } from "./sql/record-batch.ts";
import { sayNumber } from "./say-number.ts";

/**
 * One batch of a run in one transaction: the people, their outcomes, the counts, the cursor and the event.
 * After the last batch the run goes to VERIFYING.
 */
export async function applyNextBatch(
  tx: EntityManager,
  migration: MigrationRecord,
  { kinds, batchSize }: StepOptions,
): Promise<void> {
  if (migration.appliedOrdinal >= migration.totalItems) {
    await moveState(tx, migration.id, "VERIFYING");
    await appendEvent(tx, migration.id, "VERIFYING", "All rows are done; comparing access before and after");
    return;
  }
  const kind = kinds(migration.kind);
  const after = migration.appliedOrdinal;
  const upTo = Math.min(migration.totalItems, after + batchSizeFor(migration, batchSize));
  await kind.apply(tx, { ...scopeOf(migration, kind), after, upTo });
  const [counts] = await recordBatchStatement.run(tx, [migration.id, after, upTo]);
  if (counts === undefined || counts.missing > 0) {
    throw new Error(`Batch ${after + 1}–${upTo} left ${counts?.missing ?? "all"} items without an outcome`);
  }
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
}
