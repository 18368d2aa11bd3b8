import type { Config } from "./config.ts";
import type { OpenDatabase } from "./database.ts";
import { ImportWorker } from "./modules/import/index.ts";
import { Engine, findKind } from "./modules/migration/index.ts";
import { Sweeper } from "./modules/retention/index.ts";
import type { EntityManager } from "./platform/database/orm.ts";
import type { LiveBus } from "./platform/events/live-bus.ts";
import { openJobQueue } from "./platform/jobs/job-queue.ts";
import { holdPresence } from "./platform/jobs/presence.ts";
import type { Logger } from "./platform/logging.ts";

/** The work a process does besides answering: migrations, large imports and removing what is kept no longer. */
export interface Background {
  /** This process's name in leases and logs. */
  worker: string;
  /** Finishes the batches under way and lets others go on. */
  close(): Promise<void>;
}

/** Starts the engine and the import worker, in a server as in a worker process. */
export async function startBackground(
  config: Config,
  database: OpenDatabase,
  bus: LiveBus,
  logger: Logger,
  onBatch?: (people: number, seconds: number) => void,
): Promise<Background> {
  const fork = (): EntityManager => database.orm.em.fork() as EntityManager;
  const presence = await holdPresence(database.connectionString, logger);
  const jobs = await openJobQueue(database.connectionString, logger);
  const importWorker = new ImportWorker({ fork, bus, logger });
  const engine = new Engine({
    fork,
    kinds: findKind,
    bus,
    jobs,
    presence: presence.key,
    logger,
    batchSize: config.batchSize,
    batchPause: config.batchPause,
    migrationsAtOnce: config.migrationsAtOnce,
    lanes: config.batchesAtOnce,
    onBatch,
  });
  const sweeper = new Sweeper({ fork, logger, ...config.retention });
  importWorker.start();
  sweeper.start();
  await engine.start();
  return {
    worker: engine.worker,
    async close() {
      await Promise.all([engine.stop(), importWorker.stop(), sweeper.stop()]);
      await presence.close();
    },
  };
}
