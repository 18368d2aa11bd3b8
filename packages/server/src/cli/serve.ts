import { flushCompileCache } from "node:module";
import { startApp } from "../app.ts";
import { readConfig } from "../config.ts";
import { openDatabase } from "../database.ts";
import { demoCustomers, demoSignIns } from "../modules/demo/index.ts";
import { armCrashpoint } from "../platform/crashpoint.ts";
import { createLogger } from "../platform/logging.ts";
import { startTracing } from "../platform/tracing.ts";
import { listenForStop } from "./listen-for-stop.ts";
import { seedDatabase } from "./seed.ts";

/** `rehome serve`: runs until SIGTERM or SIGINT, then finishes what is under way and stops its database. */
export async function serveCommand(): Promise<number> {
  const config = readConfig();
  armCrashpoint(config.crashpoint);
  // Before the database starts: a stop during the start must not leave it running without its server.
  const told = listenForStop();
  // Before anything that is to be traced.
  const stopTracing = await startTracing({ endpoint: config.traceEndpoint });
  const logger = createLogger(config.logLevel);
  const database = await openDatabase(config, logger);
  try {
    if (config.demo) {
      logger.info(await seedDatabase(config, database, logger, demoCustomers));
    }
    const app = await startApp(config, database, logger);
    printWelcome(app.url, config.demo);
    // Kept from here on, and not only at a clean end: the start after a crash is the one that has to be short.
    flushCompileCache();
    await told;
    await app.close();
  } finally {
    await database.close();
    await stopTracing();
  }
  return 0;
}

function printWelcome(url: string, demo: boolean): void {
  process.stdout.write(`\nRehome is ready at ${url}\n`);
  if (demo) {
    const lines = demoSignIns.map(
      ({ email, password, role }) => `  ${email.padEnd(34)} ${password.padEnd(22)} ${role}`,
    );
    process.stdout.write(`\nDemo sign-ins:\n${lines.join("\n")}\n`);
  }
  process.stdout.write("\nStop with Ctrl+C.\n");
}
