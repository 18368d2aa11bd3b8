import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { DataFolder } from "./data-folder.ts";
import { describeFailure, describeOutcome, EmbeddedPostgresError, readLogTail } from "./failures.ts";
import type { EmbeddedLogger } from "./logger.ts";
import {
  listClusterProcesses,
  nameCluster,
  readPostmasterFile,
  sendSignal,
  waitUntilGone,
} from "./postgres-processes.ts";
import { identifyProcess, isRunning, type ProcessIdentity } from "./process-identity.ts";
import { postgresEnvironment } from "./run-as-user.ts";
import type { ProcessUser } from "./unprivileged-user.ts";

/** A running PostgreSQL. */
export interface Postmaster {
  identity: ProcessIdentity;
  port: number;
}

/** What is needed to start one. */
export interface LaunchPlan {
  folder: DataFolder;
  postgres: string;
  /** From buildArguments: all but the port. */
  arguments: string[];
  user: ProcessUser | undefined;
  logger: EmbeddedLogger;
}

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;
const PORT_ATTEMPTS = 5;
/** Recovery after a crash replays at most max_wal_size; a wait longer than this is a fault. */
const READY_TIMEOUT_MS = 15 * 60_000;
const FAST_SHUTDOWN_MS = 60_000;
const FORCED_SHUTDOWN_MS = 10_000;

/** Starts PostgreSQL on a free loopback port and waits until it accepts connections. Throws with the end of its log. */
export async function startPostmaster(plan: LaunchPlan): Promise<Postmaster> {
  rotateLog(plan.folder.logFile);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launchPostmaster(plan, await findFreePort());
    } catch (error) {
      // Somebody may take the port between our look and PostgreSQL's bind.
      const wasTaken = error instanceof Error && /could not bind|address already in use/i.test(error.message);
      if (!wasTaken || attempt === PORT_ATTEMPTS) {
        throw error;
      }
    }
  }
}

/** Starts PostgreSQL on this port and waits until it accepts connections. Throws with the end of its log. */
export async function launchPostmaster(plan: LaunchPlan, port: number): Promise<Postmaster> {
  const { folder } = plan;
  // A file, not a pipe: PostgreSQL outlives a killed server and must not lose its log.
  const log = fs.openSync(folder.logFile, "a", 0o600);
  const logStart = fs.fstatSync(log).size;
  const child = spawn(plan.postgres, [...plan.arguments, "-c", `port=${port}`], {
    cwd: folder.cluster,
    env: postgresEnvironment(),
    stdio: ["ignore", log, log],
    // Its own session: Ctrl+C reaches the server alone, which then stops the database after its last transaction.
    detached: true,
    ...plan.user,
  });
  fs.closeSync(log);
  let outcome = "";
  child.once("exit", (code, signal) => (outcome = describeOutcome(code, signal)));
  child.unref();
  await once(child, "spawn");
  const identity = child.pid === undefined ? undefined : identifyProcess(child.pid);
  const isReady = identity !== undefined && (await waitUntilReady(folder, identity, plan.logger));
  if (!isReady) {
    // The exit event follows the process's end by a moment.
    for (let wait = 0; outcome === "" && wait < 100; wait += 1) {
      await sleep(10);
    }
    throw describeFailure(
      "PostgreSQL did not start",
      outcome,
      readLogTail(folder.logFile, logStart),
      folder.logFile,
    );
  }
  child.once("exit", (code, signal) => {
    if (code !== 0) {
      plan.logger.error(
        `PostgreSQL ended by itself (${describeOutcome(code, signal)}); its log is ${folder.logFile}.`,
      );
    }
  });
  return { identity, port };
}

/** True when the process accepts connections, false when it ended before. Throws when it does neither for too long. */
export async function waitUntilReady(
  folder: DataFolder,
  identity: ProcessIdentity,
  logger: EmbeddedLogger,
): Promise<boolean> {
  const startedAt = Date.now();
  let nextWord = 5000;
  while (isRunning(identity)) {
    const file = readPostmasterFile(folder.cluster);
    if (file?.pid === identity.pid && file.status === "ready") {
      return true;
    }
    const waited = Date.now() - startedAt;
    if (waited > READY_TIMEOUT_MS) {
      await stopPostmaster(folder, identity);
      throw new EmbeddedPostgresError(
        `PostgreSQL was not ready after ${Math.round(waited / 60_000)} minutes and was stopped. Its log is ${folder.logFile}.`,
      );
    }
    if (waited > nextWord) {
      logger.info(
        `Waiting for PostgreSQL, which is recovering from a crash (${Math.round(waited / 1000)} s).`,
      );
      nextWord += 10_000;
    }
    await sleep(waited < 2000 ? 10 : 100);
  }
  return false;
}

/** Stops PostgreSQL in an orderly way (fast shutdown, with force after a minute) and returns when no process of it is left. */
export async function stopPostmaster(folder: DataFolder, identity: ProcessIdentity): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ["SIGINT", FAST_SHUTDOWN_MS],
    // Without the final checkpoint: the next start replays the log, nothing is lost.
    ["SIGQUIT", FORCED_SHUTDOWN_MS],
    ["SIGKILL", FORCED_SHUTDOWN_MS],
  ];
  for (const [signal, timeoutMs] of steps) {
    sendSignal(identity, signal);
    if (await waitUntilGone([identity], timeoutMs)) {
      break;
    }
  }
  await clearStragglers(folder);
}

/** Ends processes whose main process is gone: they may hold shared memory that keeps the next one from starting. */
export async function clearStragglers(folder: DataFolder): Promise<void> {
  const stragglers = fs.existsSync(folder.cluster) ? listClusterProcesses(nameCluster(folder.cluster)) : [];
  // They notice the end of the main process by themselves, unless they are busy.
  if (await waitUntilGone(stragglers, 2000)) {
    return;
  }
  for (const signal of ["SIGQUIT", "SIGKILL"] as const) {
    stragglers.forEach((straggler) => sendSignal(straggler, signal));
    if (await waitUntilGone(stragglers, FORCED_SHUTDOWN_MS)) {
      return;
    }
  }
  const pids = stragglers.filter(isRunning).map(({ pid }) => pid);
  throw new EmbeddedPostgresError(
    `PostgreSQL in ${folder.cluster} could not be stopped (process ${pids.join(", ")}).`,
  );
}

async function findFreePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") {
    throw new EmbeddedPostgresError("No free port was found on 127.0.0.1.");
  }
  return address.port;
}

function rotateLog(logFile: string): void {
  if ((fs.statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) {
    fs.renameSync(logFile, `${logFile}.1`);
  }
}
