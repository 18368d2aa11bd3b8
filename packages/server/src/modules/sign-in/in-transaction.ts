import { Kysely, PostgresDialect } from "kysely";
import type { Pool } from "pg";
import { runnerOn } from "../../platform/database/client-runner.ts";
import type { StatementRunner } from "../../platform/database/statement.ts";

/** Runs the work in one transaction of the sign-in connections; an error undoes it. */
export async function inTransaction<T>(pool: Pool, work: (tx: StatementRunner) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const result = await work(runnerOn(client));
    await client.query("commit");
    client.release();
    return result;
  } catch (error) {
    // A connection that cannot even roll back is of no use to the next.
    await client.query("rollback").then(
      () => client.release(),
      (failure: Error) => client.release(failure),
    );
    throw error;
  }
}

/** Runs single statements, each on whatever connection of the pool is free. */
export function runnerOnPool(pool: Pool): StatementRunner {
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  return { getKysely: () => kysely };
}
