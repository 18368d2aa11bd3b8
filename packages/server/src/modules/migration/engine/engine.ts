import type { EntityManager } from "../../../platform/database/orm.ts";
import type { LiveBus } from "../../../platform/events/live-bus.ts";
import type { Logger } from "../../../platform/logging.ts";
import { toMigrationRecord, type MigrationRecord } from "../migration-record.ts";
import { applyNextBatch } from "./apply-batch.ts";
import { engineTopic } from "./engine-topic.ts";
import { finishRun, proveAgain } from "./finish-run.ts";
import { failRun, makePlan } from "./make-plan.ts";
import { claimMigrationStatement } from "./sql/claim-migration.ts";
import { findWorkStatement } from "./sql/find-work.ts";
import type { MigrationState } from "./states.ts";
import type { StepOptions } from "./step-options.ts";

export interface EngineOptions extends StepOptions {
  /** A fresh EntityManager per piece of work. */
  fork: () => EntityManager;
  bus: LiveBus;
  logger: Logger;
  /** Pause between batches in milliseconds, to leave the database room for others. */
  batchPause: number;
}

type Step = (tx: EntityManager, migration: MigrationRecord, options: StepOptions) => Promise<unknown>;

/** The states the engine acts in, and what it does there: one transaction each time. In completed ones only while the proof is stale. */
const steps: Partial<Record<MigrationState, Step>> = {
  CHECKING: makePlan,
  RUNNING: applyNextBatch,
  VERIFYING: finishRun,
  COMPLETED: proveAgain,
  COMPLETED_WITH_ATTENTION: proveAgain,
};

const pollInterval = 2_000;
const retryLimit = 5;
/** SQLSTATEs after which the same step may be tried again: the transaction left nothing behind. */
const retryable = new Set(["40001", "40P01", "57P01", "57P02", "57P03", "08000", "08003", "08006", "53300"]);

/**
 * Drives every migration that is planning, running or verifying. All state is in the database: a step claims
 * the migration's row, does one transaction and lets go, so any number of processes may run an engine and a
 * killed one loses only the step it was in.
 */
export class Engine {
  readonly #options: EngineOptions;
  readonly #active = new Map<string, Promise<void>>();
  #stopped = false;
  #unwatch: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  /** Starts looking for work, that of a killed predecessor included. */
  start(): void {
    this.#unwatch = this.#options.bus.watch(engineTopic, () => void this.#look());
    this.#timer = setInterval(() => void this.#look(), pollInterval);
    void this.#look();
  }

  /** Finishes the batches under way and starts no others. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unwatch?.();
    clearInterval(this.#timer);
    await Promise.all(this.#active.values());
  }

  async #look(): Promise<void> {
    try {
      const work = await findWorkStatement.run(this.#options.fork());
      for (const { id } of work) {
        if (!this.#stopped && !this.#active.has(id)) {
          this.#active.set(
            id,
            this.#advance(id).finally(() => this.#active.delete(id)),
          );
        }
      }
    } catch (error) {
      if (!this.#stopped) {
        this.#options.logger.warn({ err: error }, "engine could not look for work, trying again");
      }
    }
  }

  async #advance(migrationId: string): Promise<void> {
    let failures = 0;
    while (!this.#stopped) {
      try {
        if ((await this.#step(migrationId)) === "idle") {
          return;
        }
        failures = 0;
        if (this.#options.batchPause > 0) {
          await wait(this.#options.batchPause);
        }
      } catch (error) {
        failures += 1;
        this.#options.logger.error({ err: error, migrationId, failures }, "engine step failed");
        if (!isRetryable(error) || failures > retryLimit) {
          await this.#giveUp(migrationId, error);
          return;
        }
        await wait(100 * 2 ** failures);
      }
    }
  }

  async #step(migrationId: string): Promise<"again" | "idle"> {
    return this.#options.fork().transactional(async (tx) => {
      const [row] = await claimMigrationStatement.run(tx, [migrationId, Object.keys(steps)]);
      if (row === undefined) {
        return "idle";
      }
      const migration = toMigrationRecord(row);
      await steps[migration.state]?.(tx, migration, this.#options);
      return "again";
    });
  }

  async #giveUp(migrationId: string, error: unknown): Promise<void> {
    try {
      await failRun(this.#options.fork(), migrationId, error);
    } catch (recordingError) {
      // The database is away: the state stays as it is and the next look takes the migration up again.
      this.#options.logger.error({ err: recordingError, migrationId }, "engine could not record the failure");
    }
  }
}

function isRetryable(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? retryable.has(code) : String(error).includes("Connection terminated");
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
