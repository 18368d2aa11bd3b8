import { readConfig } from "../config.ts";
import { openDatabase } from "../database.ts";
import { createLogger } from "../platform/logging.ts";

/** `rehome migrate`: for deployments that change the schema before the new servers start. */
export async function migrateCommand(): Promise<number> {
  const config = readConfig();
  const database = await openDatabase(config, createLogger(config.logLevel));
  await database.close();
  process.stdout.write("The schema is up to date.\n");
  return 0;
}
