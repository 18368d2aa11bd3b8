import type { Pool } from "pg";
import { runnerOn } from "../../platform/database/client-runner.ts";
import type { StatementRunner } from "../../platform/database/statement.ts";

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

/** Runs single statements on whichever connection is free. */
export async function onConnection<T>(pool: Pool, work: (runner: StatementRunner) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(runnerOn(client));
  } finally {
    client.release();
  }
}
