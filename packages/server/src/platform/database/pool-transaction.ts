import { Kysely, PostgresDialect } from "kysely";
import type { Pool } from "pg";
import { runnerOn } from "./client-runner.ts";
import type { StatementRunner } from "./statement.ts";

/** Does the work in one transaction on a connection of the pool; an error undoes it. */
export async function inTransaction<T>(pool: Pool, work: (tx: StatementRunner) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const done = await work(runnerOn(client));
    await client.query("commit");
    return done;
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    // A connection that could not even be rolled back is not given to the next one.
    client.release(broken);
  }
}

/** Runs single statements on one connection of the pool. */
export async function onConnection<T>(pool: Pool, work: (runner: StatementRunner) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(runnerOn(client));
  } finally {
    client.release();
  }
}

/** Runs single statements, each on whatever connection of the pool is free. */
export function runnerOnPool(pool: Pool): StatementRunner {
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  return { getKysely: () => kysely };
}
