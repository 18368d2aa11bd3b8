import { flushCompileCache } from "node:module";
import { startBackground } from "../background.ts";
import { readConfig } from "../config.ts";
import { openDatabase } from "../database.ts";
import { loadMasterKey } from "../master-key.ts";
import { noticeRestore } from "../modules/backup/index.ts";
import { armCrashpoint } from "../platform/crashpoint.ts";
import { createLiveBus } from "../platform/events/live-bus.ts";
import { createLogger } from "../platform/logging.ts";
import { createSecretBox } from "../platform/secrets/secret-box.ts";
import { startTracing } from "../platform/tracing.ts";
import { listenForStop } from "./listen-for-stop.ts";

/**
 * `rehome worker`: plans and runs migrations and sends mail beside any number of servers and other workers on the same database,
 * until SIGTERM or SIGINT; then it finishes the batches under way and lets the others go on.
 */
export async function workerCommand(): Promise<number> {
  const config = readConfig();
  if (config.databaseUrl === undefined) {
    throw new Error(
      "A worker needs DATABASE_URL, the database of its servers. A server on its own database runs migrations itself.",
    );
  }
  armCrashpoint(config.crashpoint);
  const told = listenForStop();
  // Before anything that is to be traced.
  const stopTracing = await startTracing({ endpoint: config.traceEndpoint });
  const logger = createLogger(config.logLevel);
  const database = await openDatabase(config, logger);
  const bus = createLiveBus(database.connectionString, logger);
  try {
    await noticeRestore(database.orm.em.fork(), logger);
    const secrets = createSecretBox(loadMasterKey(config));
    const background = await startBackground(config, database, bus, { logger, secrets });
    process.stdout.write(`Rehome worker ${background.worker} is ready\n`);
    // Kept from here on, and not only at a clean end: the start after a crash is the one that has to be short.
    flushCompileCache();
    await told;
    await background.close();
  } finally {
    await bus.close();
    await database.close();
    await stopTracing();
  }
  return 0;
}
