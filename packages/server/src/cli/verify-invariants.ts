import { readConfig } from "../config.ts";
import { reachDatabase } from "../database.ts";
import { describeFindings, verifyDatabase } from "../modules/invariants/index.ts";
import { createLogger } from "../platform/logging.ts";

/** `rehome verify-invariants`: reads the whole database, changes nothing; exit code 1 when something does not hold. */
export async function verifyInvariantsCommand(): Promise<number> {
  const config = readConfig();
  const database = await reachDatabase(config, createLogger(config.logLevel));
  try {
    const findings = await verifyDatabase(database.connectionString);
    process.stdout.write(`${describeFindings(findings).join("\n")}\n`);
    return findings.some(({ violations }) => violations.length > 0) ? 1 : 0;
  } finally {
    await database.close();
  }
}
