import pg from "pg";
import type { Credentials } from "./credentials.ts";
import { EmbeddedPostgresError } from "./failures.ts";

/** Where the embedded PostgreSQL listens. */
export const HOST = "127.0.0.1";

/** Does the work as the superuser, in the database named. Throws in words when the password is not the right one. */
export async function withAdministrator(
  port: number,
  credentials: Credentials,
  database: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({
    host: HOST,
    port,
    user: "postgres",
    password: credentials.administrator,
    database,
    ssl: false,
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks also fails the statement under way; without a listener it would end the process.
  client.on("error", () => {});
  try {
    await client.connect();
    await work(client);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === "28P01") {
      throw new EmbeddedPostgresError(
        "The database does not accept the password in the data folder: put postgres.credentials.json back from a backup.",
        { cause: error },
      );
    }
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}
