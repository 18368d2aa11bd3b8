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

/** Drops a database with its connections. An autovacuum worker in it can make the first try fail. */
async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await withClient(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
      return;
    } catch (error) {
      if (attempt === 5) {
        throw error;
      }
      await new Promise((resolve) => {
        setTimeout(resolve, 200 * attempt);
      });
    }
  }
}
