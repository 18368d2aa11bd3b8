import { parseArgs } from "node:util";
import type { Pool } from "pg";
import { readConfig } from "../config.ts";
import { openDatabase, poolOf, type OpenDatabase } from "../database.ts";
import { demoCustomers, seedDemo } from "../modules/demo/index.ts";
import type { EntityManager } from "../platform/database/orm.ts";
import { createLogger, type Logger } from "../platform/logging.ts";

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
    process.stdout.write(`${await seedDatabase(database, logger, customers)}\n`);
  } finally {
    await database.close();
  }
  return 0;
}

/** Seeds where there is no demo yet and tells in a sentence what was done. */
export async function seedDatabase(
  database: OpenDatabase,
  logger: Logger,
  customers: number,
): Promise<string> {
  const pool: Pool = await poolOf(database);
  const fork = (): EntityManager => database.orm.em.fork() as EntityManager;
  const { message } = await seedDemo({ fork, pool, logger }, { customers, onProgress: printProgress });
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
