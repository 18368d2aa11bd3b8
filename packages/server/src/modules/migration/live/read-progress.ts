import type { StatementRunner } from "../../../platform/database/statement.ts";
import { estimate, nothingMeasured, type Measured } from "../estimate/estimate.ts";
import { leastPaces, type Pace } from "../estimate/band.ts";
import { measureRun } from "../estimate/measure-run.ts";
import type { MigrationRecord } from "../migration-record.ts";
import type { MigrationEstimate, MigrationProgress } from "../migration-progress.types.ts";
import { batchSecondsOf } from "./batch-seconds.ts";
import { readStall } from "./read-stall.ts";

/** States with a run ahead or under way; before and after them nothing is foretold. */
const estimated: readonly string[] = ["PLANNED", "APPROVED", "RUNNING", "PAUSED", "VERIFYING"];

/** Where the run stands; rate and estimate are null until enough batches were measured. */
export async function readProgress(
  em: StatementRunner,
  migration: MigrationRecord,
): Promise<MigrationProgress> {
  const measured = estimated.includes(migration.state)
    ? await measureRun(em, migration, migration.appliedOrdinal)
    : null;
  const made = measured === null ? null : toEstimate(measured);
  const paces = measured?.paces ?? [];
  const stall = await readStall(em, migration, batchSecondsOf(paces));
  const underWay = ["RUNNING", "VERIFYING"].includes(migration.state);
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
    peoplePerSecond: measuredRate(paces),
    etaSecondsLow: underWay && made?.low != null ? Math.floor(made.low) : null,
    etaSecondsHigh: underWay && made?.high != null ? Math.ceil(made.high) : null,
    estimate: made,
    stalled: stall !== null,
    stall,
    at: new Date(),
    startedAt: migration.startedAt,
    finishedAt: migration.finishedAt,
  };
}

function toEstimate(measured: Measured): MigrationEstimate {
  const made = estimate(measured);
  return {
    low: made?.low ?? null,
    high: made?.high ?? null,
    basis: made?.basis ?? nothingMeasured,
    includesProof: made?.until === "END",
    madeAt: new Date(),
  };
}

/** Over the last twenty stretches. */
function measuredRate(paces: readonly Pace[]): number | null {
  const latest = paces.slice(-20);
  const seconds = latest.reduce((total, pace) => total + pace.seconds, 0);
  const people = latest.reduce((total, pace) => total + pace.people, 0);
  return latest.length < leastPaces || seconds <= 0 ? null : people / seconds;
}
