import type { EntityManager } from "../../../platform/database/orm.ts";
import type { Logger } from "../../../platform/logging.ts";
import { crashpoint } from "../../../platform/crashpoint.ts";
import { toMigrationRecord, type MigrationRecord } from "../migration-record.ts";
import { BrakesTripped, pauseByBrakes } from "./brakes.ts";
import { startVerifying } from "./finish-run.ts";
import { holdFence, LeaseLost, type Lease } from "./lease.ts";
import { failRun, makePlan } from "./make-plan.ts";
import { attendTo } from "./plan-undo.ts";
import { proveRun } from "./prove-run.ts";
import { runBatches, wait, type LaneOptions } from "./run-batches.ts";
import { noteTrouble } from "./note-trouble.ts";
import { guardTransactionStatement } from "./sql/guard-transaction.ts";
import { readWorkStatement } from "./sql/read-work.ts";
import type { MigrationState } from "./states.ts";
import type { Step, StepOptions } from "./step-options.ts";
import { undoNextBatch } from "./undo-batch.ts";

/**
 * The states the engine acts in with one transaction each time; in ended ones only while an undo waits for its plan or
 * a proof is due.
 */
const steps: Partial<Record<MigrationState, Step>> = {
  CHECKING: makePlan,
  VERIFYING: proveRun,
  UNDOING: undoNextBatch,
  COMPLETED: attendTo,
  COMPLETED_WITH_ATTENTION: attendTo,
  FAILED: attendTo,
  CANCELLED: attendTo,
  UNDONE: attendTo,
};
const actingStates: readonly string[] = [...Object.keys(steps), "RUNNING"];

const retryLimit = 5;
/** SQLSTATEs after which the same step may be tried again: the transaction left nothing behind. */
const retryable = new Set(["40001", "40P01", "55P03", "25P03"]);

export interface AdvanceOptions extends LaneOptions {
  logger: Logger;
}

/**
 * Drives one migration under a lease until there is nothing to do for now, the lease is lost or `isOver`. A failure
 * that says nothing about the data is tried again; one that does ends the run at a batch edge.
 */
export async function advance(lease: Lease, options: AdvanceOptions): Promise<void> {
  let failures = 0;
  while (!options.isOver()) {
    try {
      const lanes = failures === 0 ? options.lanes : 1;
      if ((await advanceOnce(lease, { ...options, lanes })) === "idle") {
        return;
      }
      failures = 0;
    } catch (error) {
      if (error instanceof LeaseLost) {
        options.logger.warn({ migrationId: lease.migrationId }, "lease lost, another worker goes on");
        return;
      }
      failures += 1;
      await noteTrouble(options.fork(), lease.migrationId, error);
      options.logger.error({ err: error, migrationId: lease.migrationId, failures }, "engine step failed");
      if (isAway(error)) {
        // Nothing can be recorded now; whoever finds the database back first takes the migration up again.
        await wait(500);
        return;
      }
      if (!isRetryable(error) || failures > retryLimit) {
        await giveUp(lease, options, error);
        return;
      }
      await wait(100 * 2 ** failures);
    }
  }
}

async function advanceOnce(lease: Lease, options: AdvanceOptions): Promise<"again" | "idle"> {
  const [row] = await readWorkStatement.run(options.fork(), [lease.migrationId, lease.number, actingStates]);
  if (row === undefined) {
    return "idle";
  }
  const migration = toMigrationRecord(row);
  if (migration.state === "RUNNING" && migration.appliedOrdinal < migration.totalItems) {
    await runUntilBrake(migration, lease, options);
    return "again";
  }
  const step = migration.state === "RUNNING" ? startVerifying : steps[migration.state];
  if (step === undefined) {
    return "idle";
  }
  await runStep(step, migration, lease, options);
  if (migration.state === "UNDOING" && options.batchPause > 0) {
    await wait(options.batchPause);
  }
  return "again";
}

async function runUntilBrake(
  migration: MigrationRecord,
  lease: Lease,
  options: AdvanceOptions,
): Promise<void> {
  try {
    await runBatches(migration, lease, options);
  } catch (error) {
    if (!(error instanceof BrakesTripped)) {
      throw error;
    }
    crashpoint("brakes.passed");
    await pauseByBrakes(options.fork(), lease, error.trips);
  }
}

async function runStep(
  step: Step,
  migration: MigrationRecord,
  lease: Lease,
  options: AdvanceOptions,
): Promise<void> {
  let fenced = false;
  const stepOptions: StepOptions = {
    kinds: options.kinds,
    batchSize: options.batchSize,
    fence: async (tx: EntityManager) => {
      const held = await holdFence(tx, lease, [migration.state]);
      fenced = true;
      return held;
    },
  };
  await options.fork().transactional(async (tx) => {
    await guardTransactionStatement.run(tx);
    crashpoint(`${migration.state.toLowerCase()}.begun`);
    await step(tx, migration, stepOptions);
    if (!fenced) {
      throw new Error(`The step of ${migration.state} wrote without its fence`);
    }
    crashpoint(`${migration.state.toLowerCase()}.done`);
  });
  crashpoint(`${migration.state.toLowerCase()}.committed`);
}

async function giveUp(lease: Lease, { fork, logger }: AdvanceOptions, error: unknown): Promise<void> {
  try {
    await failRun(fork(), lease, error);
  } catch (recordingError) {
    // The state stays as it is and the next look takes the migration up again.
    logger.error(
      { err: recordingError, migrationId: lease.migrationId },
      "engine could not record the failure",
    );
  }
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "";
}

function isRetryable(error: unknown): boolean {
  return retryable.has(codeOf(error));
}

/** Whether the database went away rather than refused something: shut down, killed, full of connections, unreachable. */
function isAway(error: unknown): boolean {
  const code = codeOf(error);
  return (
    /^(08|57P|53300|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/.test(code) ||
    /Connection terminated|Client has encountered a connection error|not queryable|timeout exceeded when trying to connect/.test(
      String(error),
    )
  );
}
