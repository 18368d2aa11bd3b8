import type { MikroORM } from "@mikro-orm/postgresql";
import type { Pool } from "pg";
import type { Config } from "./config.ts";
import { entities } from "./entities.ts";
import { auditLogKept } from "./modules/audit/index.ts";
import { findRunningPostgres, startEmbeddedPostgres } from "./platform/database/embedded/index.ts";
import { migrateSchema } from "./platform/database/migrate.ts";
import { openOrm } from "./platform/database/orm.ts";
import type { Logger } from "./platform/logging.ts";

/** An open, migrated database. Closing it also stops an embedded PostgreSQL. */
export interface OpenDatabase {
  orm: MikroORM;
  connectionString: string;
  embedded: boolean;
  close(): Promise<void>;
}

/** Opens DATABASE_URL, or starts the embedded PostgreSQL, and brings the schema up to date. */
export async function openDatabase(config: Config, logger: Logger): Promise<OpenDatabase> {
  const embedded =
    config.databaseUrl === undefined
      ? await startEmbeddedPostgres({
          dataDir: config.dataDir,
          logger,
        })
      : undefined;
  const connectionString = config.databaseUrl ?? embedded?.connectionString ?? "";
  try {
    const orm = await openOrm(connectionString, entities);
    // A migration may have to change what the program may not.
    await embedded?.giveBack(auditLogKept);
    const ran = await migrateSchema(orm, connectionString);
    await embedded?.keepApart(auditLogKept);
    if (ran.length > 0) {
      logger.info({ migrations: ran }, "schema brought up to date");
    }
    return {
      orm,
      connectionString,
      embedded: embedded !== undefined,
      async close() {
        await orm.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** A database as it is: nothing was migrated. */
export interface ReachedDatabase {
  connectionString: string;
  /** Lets the program's role fill the audit log of an embedded PostgreSQL; the next start takes it away again. */
  giveBackAuditLog(): Promise<void>;
  /** Stops an embedded PostgreSQL that was started for this. */
  close(): Promise<void>;
}

/**
 * Finds the database without changing anything in it: DATABASE_URL, the embedded PostgreSQL that a server runs on the
 * data folder at this moment, or that of the data folder, started until `close`.
 */
export async function reachDatabase(config: Config, logger: Logger): Promise<ReachedDatabase> {
  const reachable = config.databaseUrl ?? (await findRunningPostgres(config.dataDir));
  if (reachable !== undefined) {
    return { connectionString: reachable, giveBackAuditLog: async () => {}, close: async () => {} };
  }
  const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, logger });
  return {
    connectionString: embedded.connectionString,
    giveBackAuditLog: () => embedded.giveBack(auditLogKept),
    close: () => embedded.stop(),
  };
}

/**
 * Opens the embedded database that a running server of this machine holds, for commands beside it. Nothing is
 * started, locked or brought up to date. Undefined with DATABASE_URL and where no server runs.
 */
export async function openRunningDatabase(config: Config): Promise<OpenDatabase | undefined> {
  const connectionString =
    config.databaseUrl === undefined ? await findRunningPostgres(config.dataDir) : undefined;
  if (connectionString === undefined) {
    return undefined;
  }
  const orm = await openOrm(connectionString, entities);
  return { orm, connectionString, embedded: true, close: () => orm.close() };
}

/** The pg pool under the ORM, for COPY and for the sign-in library. */
export async function poolOf(database: OpenDatabase): Promise<Pool> {
  const connection = database.orm.em.getConnection() as unknown as { getNativeClient(): Promise<Pool> };
  return connection.getNativeClient();
}
