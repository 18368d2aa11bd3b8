import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import {
  describeFindings,
  verifyDatabase,
  type InvariantId,
} from "../../packages/server/src/modules/invariants/index.ts";

/** A database of its own, cloned from the migrated template, for one test file. */
export interface TestDatabase {
  url: string;
  /** Verifies the invariants first; what breaks one fails the test file, with the offending rows. */
  drop(): Promise<void>;
}

/** The invariants that a test file breaks on purpose, each with its reason; `all` for those that only make odd rows. */
export type BrokenInvariants = Partial<Record<InvariantId | "all", string>>;

declare module "vitest" {
  export interface ProvidedContext {
    /** Server to clone databases on, and the name of the migrated template there. */
    databaseServerUrl: string;
    templateName: string;
  }
}

const noEngine = "the migration and its items are made without the engine, which upholds this";

/** For tests that make migrations by factories or drive a kind by itself: what the engine would have upheld. */
export const withoutEngine: BrokenInvariants = {
  I1: noEngine,
  I5: noEngine,
  I7: noEngine,
  I8: noEngine,
  I11: noEngine,
  I24: noEngine,
};

/** Clones the template: some 50 ms, so each file starts clean and files run side by side. */
export async function createTestDatabase(broken: BrokenInvariants = {}): Promise<TestDatabase> {
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
      try {
        await insistOnInvariants(url.href, broken);
      } finally {
        await dropDatabase(serverUrl, name);
      }
    },
  };
}

/** Fails with the offending rows when the database breaks an invariant. */
export async function insistOnInvariants(url: string, broken: BrokenInvariants = {}): Promise<void> {
  if (broken.all !== undefined) {
    return;
  }
  const findings = await verifyDatabase(url);
  const failed = findings.filter(
    ({ invariant, violations }) => violations.length > 0 && broken[invariant.id] === undefined,
  );
  if (failed.length > 0) {
    throw new Error(
      `The test left a database that breaks invariants:\n${describeFindings(failed).join("\n")}`,
    );
  }
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
 * Drops a database. A plain drop ends autovacuum workers by itself; `force` is for connections that a test left open,
 * and is refused without superuser rights while an autovacuum worker is there, so both are tried in turn.
 */
export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await withClient(serverUrl, async (client) => {
    for (let triesLeft = 5; ; triesLeft -= 1) {
      try {
        await client.query(`drop database if exists ${name}`);
        return;
      } catch (error) {
        if (triesLeft === 0) {
          throw error;
        }
      }
      try {
        await client.query(`drop database if exists ${name} with (force)`);
        return;
      } catch {
        // Tried again: the plain drop ends the worker that stood in the way.
      }
    }
  });
}
