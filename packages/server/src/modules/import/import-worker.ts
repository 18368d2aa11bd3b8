import type { EntityManager } from "../../platform/database/orm.ts";
import type { LiveBus } from "../../platform/events/live-bus.ts";
import type { Logger } from "../../platform/logging.ts";
import { applyClaimed } from "./apply/apply-import.ts";
import { failAbandonedImportsStatement } from "./sql/fail-abandoned-imports.ts";
import { findUnfinishedAppliesStatement } from "./sql/find-unfinished-applies.ts";
import { CUT_OFF_CODE, UploadCutOff } from "./staging/progress.ts";

/** Topic announced when a large import waits to be applied. */
export const importTopic = "imports";

const POLL_INTERVAL = 5_000;

/** What the worker needs. */
export interface ImportWorkerOptions {
  /** A fresh EntityManager. */
  fork: () => EntityManager;
  bus: LiveBus;
  logger: Logger;
}

/**
 * Applies large imports in the background, one at a time, and ends what a stopped or killed process left. All
 * state is in the database, so any number of processes may run a worker.
 */
export class ImportWorker {
  readonly #options: ImportWorkerOptions;
  #looking: Promise<void> | null = null;
  #lookAgain = false;
  #stopped = false;
  #unwatch: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ImportWorkerOptions) {
    this.#options = options;
  }

  /** Starts looking for work, that of a killed predecessor included. */
  start(): void {
    this.#unwatch = this.#options.bus.watch(importTopic, () => this.#wake());
    this.#timer = setInterval(() => this.#wake(), POLL_INTERVAL);
    this.#wake();
  }

  /** Finishes the import under way and starts no other. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unwatch?.();
    clearInterval(this.#timer);
    await this.#looking;
  }

  #wake(): void {
    if (this.#stopped) {
      return;
    }
    if (this.#looking !== null) {
      this.#lookAgain = true;
      return;
    }
    this.#looking = this.#look().finally(() => {
      this.#looking = null;
    });
  }

  async #look(): Promise<void> {
    const { fork, logger } = this.#options;
    try {
      do {
        this.#lookAgain = false;
        await recoverImports(fork, () => this.#stopped);
      } while (this.#lookAgain && !this.#stopped);
    } catch (error) {
      if (!this.#stopped) {
        logger.error({ err: error }, "an import was not applied");
      }
    }
  }
}

/**
 * Ends what no living process works on: files that were being received are FAILED, imports that are APPLYING are
 * applied, one after the other. May be called at any time and from any process.
 * @returns ids of the imports that were failed and of those applied
 */
export async function recoverImports(
  fork: () => EntityManager,
  isStopped: () => boolean = () => false,
): Promise<{ failed: string[]; applied: string[] }> {
  const failed = await failAbandonedImportsStatement.run(fork(), [CUT_OFF_CODE, new UploadCutOff().message]);
  const applied: string[] = [];
  for (const { id } of await findUnfinishedAppliesStatement.run(fork())) {
    if (isStopped()) {
      break;
    }
    await applyClaimed(fork, id);
    applied.push(id);
  }
  return { failed: failed.map(({ id }) => id), applied };
}
