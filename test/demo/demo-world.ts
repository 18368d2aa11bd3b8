import pg from "pg";
import { entities } from "../../packages/server/src/entities.ts";
import type { SeedDeps } from "../../packages/server/src/modules/demo/index.ts";
import { openOrm, type EntityManager } from "../../packages/server/src/platform/database/orm.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import { invitationDeps } from "../../packages/server/src/resolvers.ts";
import { createTestDatabase, type BrokenInvariants } from "../kit/database.ts";
import { query } from "../kit/query.ts";
import { testServices } from "../kit/services.ts";

/** An empty, migrated database to seed. */
export interface World {
  deps: SeedDeps;
  rows<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** Opens a database of its own; close drops it. */
export async function openWorld(broken: BrokenInvariants = {}): Promise<World> {
  const database = await createTestDatabase(broken);
  const orm = await openOrm(database.url, entities, 5);
  const pool = new pg.Pool({ connectionString: database.url, max: 3 });
  // Dropping the database may reach a connection that is still saying goodbye.
  pool.on("error", () => {});
  const fork = () => orm.em.fork() as EntityManager;
  return {
    deps: {
      fork,
      pool,
      logger: createLogger("silent"),
      secrets: testServices().secrets,
      invitations: invitationDeps(testServices()),
    },
    rows: (sql, parameters) => query(fork(), sql, parameters),
    async close() {
      await pool.end();
      await orm.close();
      await database.drop();
    },
  };
}
