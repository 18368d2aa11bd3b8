import type { EntityManager } from "../../../platform/database/orm.ts";
import type { LiveBus } from "../../../platform/events/live-bus.ts";
import type { JobQueue } from "../../../platform/jobs/job-queue.ts";
import { inLogContext } from "../../../platform/log-context.ts";
import type { Logger } from "../../../platform/logging.ts";
import { advance } from "./advance.ts";
import { engineTopic } from "./engine-topic.ts";
import { beatInterval, beatLeases, newWorkerName, releaseLease, takeLease } from "./lease.ts";
import type { KindLookup } from "./scope.ts";
import { findWorkStatement } from "./sql/find-work.ts";

export interface EngineOptions {
  /** A fresh EntityManager per piece of work. */
  fork: () => EntityManager;
  kinds: KindLookup;
  bus: LiveBus;
  jobs: JobQueue;
  /** What shows other processes that this one lives. */
  presence: number;
  logger: Logger;
  /** Most people per batch transaction. */
  batchSize: number;
  /** Pause between batches in milliseconds. */
  batchPause: number;
  /** Migrations driven at the same time. */
  migrationsAtOnce: number;
  /** Batches of one run that are written at the same time. */
  lanes: number;
  /** Told of each committed batch: people in it and seconds it took. */
  onBatch?: (people: number, seconds: number) => void;
}

const jobName = "advance-migration";
/** How often to look for work that no notification told of, and for what a dead worker left. */
const lookInterval = 3_000;
/** How long one job drives a migration before others get their turn, in milliseconds. */
const turnLength = 30_000;

/**
 * Drives every migration that is planning, running or verifying. All state is in the database: a job says "advance
 * migration N", a lease with a fencing number says who does, so any number of processes may run an engine and a
 * killed one loses only the step it was in.
 */
export class Engine {
  readonly worker = newWorkerName();
  readonly #options: EngineOptions;
  #stopped = false;
  #unwatch: (() => void) | undefined;
  #timers: NodeJS.Timeout[] = [];
  readonly #driving = new Set<string>();
  /** Looks and heartbeats that have not ended. */
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  /** Starts taking jobs and looking for work, that of a killed predecessor included. */
  async start(): Promise<void> {
    const { bus, jobs } = this.#options;
    await jobs.work(jobName, this.#options.migrationsAtOnce, (migrationId, jobId) =>
      inLogContext({ worker: this.worker, migrationId, jobId }, () => this.#drive(migrationId)),
    );
    this.#unwatch = bus.watch(engineTopic, () => this.#keep(this.#look()));
    this.#timers = [
      setInterval(() => this.#keep(this.#look()), lookInterval),
      setInterval(() => this.#keep(this.#beat()), beatInterval),
    ];
    this.#keep(this.#look());
  }

  /** Finishes the batches under way, lets go of the leases and takes no more work. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unwatch?.();
    // A look asks for jobs: the queue it asks must be there until it has ended.
    await Promise.all(this.#underWay);
    await this.#options.jobs.stop();
    // Last: a drain that takes long keeps its leases.
    for (const timer of this.#timers) {
      clearInterval(timer);
    }
    await Promise.all(this.#underWay);
  }

  #keep(work: Promise<void>): void {
    this.#underWay.add(work);
    void work.finally(() => this.#underWay.delete(work));
  }

  async #look(): Promise<void> {
    if (this.#stopped) {
      return;
    }
    try {
      for (const { id } of await findWorkStatement.run(this.#options.fork())) {
        if (this.#stopped) {
          return;
        }
        await this.#options.jobs.send(jobName, id);
      }
    } catch (error) {
      this.#complain(error, "engine could not look for work, trying again");
    }
  }

  async #beat(): Promise<void> {
    if (this.#driving.size === 0) {
      return;
    }
    try {
      await beatLeases(this.#options.fork(), this.worker);
    } catch (error) {
      this.#complain(error, "engine could not renew its leases, trying again");
    }
  }

  async #drive(migrationId: string): Promise<void> {
    if (this.#stopped || this.#driving.has(migrationId)) {
      return;
    }
    const { fork, jobs, logger } = this.#options;
    this.#driving.add(migrationId);
    try {
      const lease = await takeLease(fork(), migrationId, {
        worker: this.worker,
        presence: this.#options.presence,
      });
      if (lease === null) {
        return;
      }
      const until = Date.now() + turnLength;
      await advance(lease, {
        ...this.#options,
        logger: logger.child({ worker: this.worker }),
        isOver: () => this.#stopped || Date.now() > until,
      });
      await releaseLease(fork(), lease, this.worker);
      // What came up meanwhile, or what the end of the turn left.
      const left = this.#stopped ? [] : await findWorkStatement.run(fork());
      if (left.some(({ id }) => id === migrationId)) {
        await jobs.send(jobName, migrationId);
      }
    } catch (error) {
      this.#complain(error, "engine could not drive a migration, trying again");
    } finally {
      this.#driving.delete(migrationId);
    }
  }

  #complain(error: unknown, message: string): void {
    if (!this.#stopped) {
      this.#options.logger.warn({ err: error, worker: this.worker }, message);
    }
  }
}
