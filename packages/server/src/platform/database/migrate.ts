import type { MikroORM } from "@mikro-orm/postgresql";
import pg from "pg";
import { migrations } from "../../../migrations/index.ts";

/** Name of the schema migration that this program was written for. */
export const latestSchema: string = migrations.at(-1)?.name ?? "";

// Any constant of our own: every node asks for the same one, so exactly one migrates.
const advisoryLockKey = 7_243_210_991;

/**
 * Brings the schema up to date, or up to the schema migration of the name given. Concurrent starts queue on an
 * advisory lock. Returns the names that ran.
 */
export async function migrateSchema(
  orm: MikroORM,
  connectionString: string,
  upTo?: string,
): Promise<string[]> {
  const lock = new pg.Client({ connectionString });
  await lock.connect();
  try {
    await lock.query("select pg_advisory_lock($1)", [advisoryLockKey]);
    await assertVersion(lock);
    const done = await orm.migrator.up(upTo === undefined ? {} : { to: upTo });
    return done.map((migration) => migration.name);
  } finally {
    await lock.end();
  }
}

async function assertVersion(client: pg.Client): Promise<void> {
  const result = await client.query<{ server_version_num: string }>("show server_version_num");
  const version = Number(result.rows[0]?.server_version_num ?? 0);
  if (version < 150_000) {
    throw new Error(
      `DATABASE_URL points at PostgreSQL ${Math.floor(version / 10_000)}; Rehome needs version 15 or later.`,
    );
  }
}
