import type { StatementRunner } from "../../../platform/database/statement.ts";
import type { MigrationRecord } from "../migration-record.ts";
import type { MigrationProgress } from "../migration-progress.types.ts";
import { readProgressStatement, type RecentRate } from "../sql/read-progress.ts";

const stalledAfterSeconds = 60;
/** Fewer batches than this say nothing about the speed to come. */
const leastBatches = 3;

/** Where the run stands; rate and ETA are null until enough batches were measured. */
export async function readProgress(
  em: StatementRunner,
  migration: MigrationRecord,
): Promise<MigrationProgress> {
  const [rate] = await readProgressStatement.run(em, [migration.id]);
  const running = migration.state === "RUNNING";
  const peoplePerSecond = rate === undefined ? null : measuredRate(rate);
  return {
    migrationId: migration.id,
    state: migration.state,
    sequence: migration.lastSequence,
    total: migration.totalItems,
    processed: migration.appliedOrdinal,
    successful: migration.successfulCount,
    requiresAttention: migration.attentionCount,
    failed: migration.failedCount,
    openAttention: migration.openAttentionCount,
    created: migration.createdCount,
    linked: migration.linkedCount,
    unchanged: migration.unchangedCount,
    notCopied: migration.notCopiedCount,
    undone: migration.undoneCount,
    undoSetAside: migration.undoSetAsideCount,
    peoplePerSecond,
    ...estimate(running ? peoplePerSecond : null, migration.totalItems - migration.appliedOrdinal),
    stalled: running && (rate?.secondsSinceLastEvent ?? 0) > stalledAfterSeconds,
    at: new Date(),
    startedAt: migration.startedAt,
    finishedAt: migration.finishedAt,
  };
}

function measuredRate(rate: RecentRate): number | null {
  return rate.batches < leastBatches || rate.seconds <= 0 ? null : rate.people / rate.seconds;
}

/** A range around the measured speed: a quarter slower to a sixth faster. */
function estimate(
  peoplePerSecond: number | null,
  remaining: number,
): { etaSecondsLow: number | null; etaSecondsHigh: number | null } {
  if (peoplePerSecond === null || peoplePerSecond <= 0) {
    return { etaSecondsLow: null, etaSecondsHigh: null };
  }
  const seconds = remaining / peoplePerSecond;
  return { etaSecondsLow: Math.floor(seconds / 1.2), etaSecondsHigh: Math.ceil(seconds * 1.25) };
}
