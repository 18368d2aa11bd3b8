import pg from "pg";
import { startApp, type RunningApp } from "../../packages/server/src/app.ts";
import { readConfig } from "../../packages/server/src/config.ts";
import { openDatabase, type OpenDatabase } from "../../packages/server/src/database.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import { createTestDatabase, type BrokenInvariants } from "./database.ts";
import { ApiClient } from "./api-client.ts";

/** The whole product in this process, on a database and a port of its own. */
export interface TestServer {
  url: string;
  database: OpenDatabase;
  pool: pg.Pool;
  /** Routes and schema as they are served. */
  served: RunningApp["served"];
  /** Signs in through the real endpoint. */
  signIn(email: string, password?: string): Promise<ApiClient>;
  anonymous(): ApiClient;
  stop(): Promise<void>;
}

/** A passphrase for people that tests make. */
export const testPassword = "correct horse battery staple";

export async function startTestServer(
  environment: Record<string, string> = {},
  broken: BrokenInvariants = {},
): Promise<TestServer> {
  // A given DATABASE_URL is the caller's to drop.
  const given = environment.DATABASE_URL;
  const testDatabase =
    given === undefined ? await createTestDatabase(broken) : { url: given, drop: async () => {} };
  const config = readConfig({
    PORT: "0",
    DATABASE_URL: testDatabase.url,
    REHOME_SECRET: "a secret for tests only, long enough",
    LOG_LEVEL: "error",
    REHOME_SIGN_INS_PER_MINUTE: "1000",
    ...environment,
  });
  const logger = createLogger(config.logLevel);
  const database = await openDatabase(config, logger);
  const app: RunningApp = await startApp(config, database, logger);
  const pool = new pg.Pool({ connectionString: testDatabase.url, max: 4 });
  return {
    url: app.url,
    database,
    pool,
    served: app.served,
    signIn: (email, password = testPassword) => ApiClient.signIn(app.url, email, password),
    anonymous: () => new ApiClient(app.url, ""),
    async stop() {
      await pool.end();
      await app.close();
      await database.close();
      await testDatabase.drop();
    },
  };
}
