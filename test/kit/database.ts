import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

/** A database of its own, cloned from the migrated template, for one test file. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

declare module "vitest" {
  export interface ProvidedContext {
    /** Server to clone databases on, and the name of the migrated template there. */
    databaseServerUrl: string;
    templateName: string;
  }
}

/** Clones the template: some 50 ms, so each file starts clean and files run side by side. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = inject("databaseServerUrl");
  const name = `t_${randomUUID().replaceAll("-", "")}`;
  await withClient(serverUrl, (client) =>
    client.query(`create database ${name} template ${inject("templateName")}`),
  );
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      await dropDatabase(serverUrl, name);
    },
  };
}

/** Runs the work on a connection that is closed afterwards. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Drops a database. A plain drop ends autovacuum workers by itself, which `force` may not without superuser
 * rights; force is for connections that a test left open.
 */
async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await withClient(serverUrl, async (client) => {
    try {
      await client.query(`drop database if exists ${name}`);
    } catch {
      await client.query(`drop database if exists ${name} with (force)`);
    }
  });
}
