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
import { Dispatcher } from "./platform/mail/dispatcher.ts";
import type { SendOutcome } from "./platform/mail/send-outcome.ts";
import type { SecretBox } from "./platform/secrets/secret-box.ts";

/** The work a process does besides answering: migrations, large imports, mail and removing what is kept no longer. */
export interface Background {
  /** This process's name in leases and logs. */
  worker: string;
  /** Finishes the batches under way and lets others go on. */
  close(): Promise<void>;
}

/** What a server measures of its background. */
export interface BackgroundMeters {
  onBatch: (people: number, seconds: number) => void;
  onMail: (kind: SendOutcome["kind"]) => void;
}

/** Starts the engine, the import worker and the dispatcher of mail, in a server as in a worker process. */
export async function startBackground(
  config: Config,
  database: OpenDatabase,
  bus: LiveBus,
  parts: { logger: Logger; secrets: SecretBox; meters?: BackgroundMeters },
): Promise<Background> {
  const { logger, secrets, meters } = parts;
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
    onBatch: meters?.onBatch,
  });
  const sweeper = new Sweeper({ fork, logger, ...config.retention });
  const dispatcher = new Dispatcher({
    fork,
    bus,
    secrets,
    logger,
    settings: config.mail,
    onOutcome: meters?.onMail,
  });
  importWorker.start();
  dispatcher.start();
  sweeper.start();
  await engine.start();
  return {
    worker: engine.worker,
    async close() {
      await Promise.all([engine.stop(), importWorker.stop(), dispatcher.stop(), sweeper.stop()]);
      await presence.close();
    },
  };
}
