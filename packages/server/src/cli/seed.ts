import { parseArgs } from "node:util";
import type { Pool } from "pg";
import { readConfig, type Config } from "../config.ts";
import { openDatabase, poolOf, type OpenDatabase } from "../database.ts";
import { demoCustomers, seedDemo } from "../modules/demo/index.ts";
import { loadMasterKey } from "../master-key.ts";
import type { EntityManager } from "../platform/database/orm.ts";
import { createLogger, type Logger } from "../platform/logging.ts";
import { invitationDeps } from "../resolvers.ts";
import { createServices } from "../services.ts";

/** `rehome seed --customers N`: the demo organizations with N customers at the source. */
export async function seedCommand(words: string[]): Promise<number> {
  const { values } = parseArgs({ args: words, options: { customers: { type: "string" } } });
  const customers = Number(values.customers ?? demoCustomers);
  if (!Number.isInteger(customers)) {
    throw new Error(`--customers ${values.customers} is not a whole number.`);
  }
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  const database = await openDatabase(config, logger);
  try {
    process.stdout.write(`${await seedDatabase(config, database, logger, customers)}\n`);
  } finally {
    await database.close();
  }
  return 0;
}

/** Seeds where there is no demo yet and tells in a sentence what was done. */
export async function seedDatabase(
  config: Config,
  database: OpenDatabase,
  logger: Logger,
  customers: number,
): Promise<string> {
  const pool: Pool = await poolOf(database);
  const fork = (): EntityManager => database.orm.em.fork() as EntityManager;
  const services = createServices({
    masterKey: loadMasterKey(config),
    // The mails of the demo lead here; the server that will listen is not up yet.
    baseUrl: new URL(config.baseUrl ?? `http://localhost:${config.port}`).origin,
    supportContact: config.supportContact ?? null,
  });
  const { secrets } = services;
  const deps = { fork, pool, logger, secrets, invitations: invitationDeps(services) };
  const { message } = await seedDemo(deps, { customers, onProgress: printProgress });
  return message;
}

function printProgress(phase: string, done: number, total: number): void {
  if (process.stdout.isTTY) {
    process.stdout.write(`\r\u001B[K${phase}: ${done.toLocaleString("en")} of ${total.toLocaleString("en")}`);
    if (done >= total) {
      process.stdout.write("\r\u001B[K");
    }
  }
}
