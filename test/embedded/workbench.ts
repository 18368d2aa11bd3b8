import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface, type Interface } from "node:readline";
import pg from "pg";
import { beforeAll, onTestFinished } from "vitest";
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from "../../packages/server/src/platform/database/embedded/index.ts";
import {
  listClusterProcesses,
  nameCluster,
  readPostmasterFile,
  sendSignal,
  waitUntilGone,
} from "../../packages/server/src/platform/database/embedded/postgres-processes.ts";

export const runsAsRoot = process.getuid?.() === 0;

/** A data folder for one test; whatever runs on it is ended and the folder removed afterwards. */
export function createDataFolder(parent?: string): string {
  const folder = fs.mkdtempSync(path.join(parent ?? os.tmpdir(), "rehome-embedded-"));
  onTestFinished(async () => {
    await endEverythingOn(folder);
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

async function endEverythingOn(dataDir: string): Promise<void> {
  const cluster = path.join(dataDir, "postgres");
  if (fs.existsSync(cluster)) {
    const processes = listClusterProcesses(nameCluster(cluster));
    processes.forEach((identity) => sendSignal(identity, "SIGQUIT"));
    await waitUntilGone(processes, 10_000);
  }
}

/** Makes one database for a whole test file, stopped; its tests work on copies, because making one takes a second. */
export function prepareDatabase(): () => string {
  let source = "";
  beforeAll(async () => {
    source = fs.mkdtempSync(path.join(os.tmpdir(), "rehome-embedded-"));
    const database = await startEmbeddedPostgres({ dataDir: source });
    await database.stop();
    return () => fs.rmSync(source, { recursive: true });
  });
  return () => {
    const dataDir = createDataFolder();
    // cp, because Node.js would copy the files without their owner.
    spawnSync("cp", ["-a", `${source}/.`, dataDir]);
    return dataDir;
  };
}

/** Starts in this process; stopped after the test unless the test did. */
export async function start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const database = await startEmbeddedPostgres(options);
  onTestFinished(() => database.stop());
  return database;
}

/** A server process of its own on a data folder. */
export interface ServerProcess {
  pid: number;
  connectionString: string;
  adopted: boolean;
  /** Why it did not start; "" when it did. */
  error: string;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts `start-child.ts` and waits for its answer. */
export async function startServerProcess(
  options: EmbeddedPostgresOptions,
  user?: { uid: number; gid: number },
): Promise<ServerProcess> {
  const { child, lines } = startScript("start-child.ts", JSON.stringify(options), user);
  const [line] = (await once(lines, "line")) as [string];
  const answer = JSON.parse(line) as { connectionString?: string; adopted?: boolean; error?: string };
  const end = async (how: () => void): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      how();
      await once(child, "exit");
    }
  };
  return {
    pid: child.pid ?? 0,
    connectionString: answer.connectionString ?? "",
    adopted: answer.adopted ?? false,
    error: answer.error ?? "",
    kill: () => end(() => child.kill("SIGKILL")),
    stop: () => end(() => child.stdin?.end()),
  };
}

/** Starts a script of this folder under the same Node.js; killed after the test if it still runs. */
export function startScript(
  name: string,
  argument: string,
  user?: { uid: number; gid: number },
): { child: ChildProcess; lines: Interface } {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, name), argument], {
    stdio: ["pipe", "pipe", "inherit"],
    ...user,
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  if (child.stdout === null) {
    throw new Error(`${name} has no output`);
  }
  return { child, lines: createInterface({ input: child.stdout }) };
}

/** One statement on a connection of its own. */
export async function query<Row extends pg.QueryResultRow>(
  connectionString: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Inserts rows one by one into `ledger` until the connection breaks; `acknowledged()` is how many were committed for sure. */
export async function startWriter(
  connectionString: string,
): Promise<{ acknowledged(): number; ended: Promise<void> }> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => {});
  await client.connect();
  await client.query("create table if not exists ledger (id integer primary key)");
  let count = 0;
  const write = async (): Promise<void> => {
    for (;;) {
      await client.query("insert into ledger values ($1)", [count + 1]);
      count += 1;
    }
  };
  return { acknowledged: () => count, ended: write().catch(() => {}) };
}

/** Process number of the PostgreSQL that runs on the data folder. */
export function readPostmasterPid(dataDir: string): number {
  const file = readPostmasterFile(path.join(dataDir, "postgres"));
  if (file === undefined) {
    throw new Error(`No PostgreSQL runs on ${dataDir}`);
  }
  return file.pid;
}

/** Waits until no process of the cluster is left. */
export async function waitUntilClusterIsGone(dataDir: string): Promise<void> {
  const processes = listClusterProcesses(nameCluster(path.join(dataDir, "postgres")));
  if (!(await waitUntilGone(processes, 10_000))) {
    throw new Error(`PostgreSQL still runs on ${dataDir}`);
  }
}

/** The name of a system user that does not exist; deleted after the test if the test made it exist. */
export function reserveUserName(): string {
  const name = `rehome-t${randomBytes(4).toString("hex")}`;
  onTestFinished(() => void spawnSync("userdel", [name]));
  return name;
}
