import { Kysely, PostgresDialect } from "kysely";
import type { ClientBase, PoolClient } from "pg";
import type { StatementRunner } from "./statement.ts";

/**
 * Runs statements on one connection that the caller holds, in whatever transaction it is in: COPY needs the
 * connection itself, and what follows it belongs in the same transaction.
 */
export function runnerOn(client: ClientBase): StatementRunner {
  // Releasing is the caller's business.
  const held = {
    query: (sql: string, parameters: readonly unknown[]) => client.query(sql, [...parameters]),
    release: () => undefined,
  } as unknown as PoolClient;
  const kysely = new Kysely<unknown>({
    dialect: new PostgresDialect({
      pool: { connect: async () => held, end: async () => undefined, options: {} },
    }),
  });
  return { getKysely: () => kysely };
}
