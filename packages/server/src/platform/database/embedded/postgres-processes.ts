import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identifyProcess, isRunning, listCommandLines, type ProcessIdentity } from "./process-identity.ts";

/**
 * The name by which processes of one cluster are recognised: PostgreSQL shows `cluster_name` in the command line of
 * every process. The folder's device and inode make it follow a renamed folder and differ for a copied one. Command
 * lines are used because /proc/<pid>/cwd of another user is closed even to root in an ordinary container.
 */
export function nameCluster(cluster: string): string {
  const { dev, ino } = fs.statSync(cluster, { bigint: true });
  return `rehome-${dev}-${ino}`;
}

/** What PostgreSQL writes to `postmaster.pid`. */
export interface PostmasterFile {
  pid: number;
  /** 0 while it is not known yet. */
  port: number;
  /** "starting", "ready", "stopping"; "" early in the start. */
  status: string;
}

/** Reads `postmaster.pid`; undefined when there is none or it is not (wholly) written yet. */
export function readPostmasterFile(cluster: string): PostmasterFile | undefined {
  let lines: string[];
  try {
    lines = fs.readFileSync(path.join(cluster, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 0
    ? { pid, port: Number(lines[3] ?? 0), status: (lines[7] ?? "").trim() }
    : undefined;
}

/** Every running process of the cluster: its main process and what that started. */
export function listClusterProcesses(clusterName: string): ProcessIdentity[] {
  return listCommandLines()
    .filter(({ commandLine }) => belongsTo(commandLine, clusterName))
    .map(({ pid }) => identifyProcess(pid))
    .filter((identity) => identity !== undefined);
}

/** Main process: `…/postgres -D … -c cluster_name=NAME …`; the others: `postgres: NAME: checkpointer`. */
function belongsTo(commandLine: string, clusterName: string): boolean {
  if (!looksLikePostgres(commandLine)) {
    return false;
  }
  return (
    commandLine.startsWith(`postgres: ${clusterName}: `) ||
    `${commandLine} `.includes(` cluster_name=${clusterName} `)
  );
}

/** Whether a command line is that of any PostgreSQL server process. */
export function looksLikePostgres(commandLine: string): boolean {
  return /^(\S*\/)?postgres(:|\s|$)/.test(commandLine) || /\/bin\/postgres /.test(commandLine);
}

/** Sends a signal to exactly this process; a process that ended meanwhile is fine. */
export function sendSignal(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isRunning(identity)) {
    return;
  }
  try {
    process.kill(identity.pid, signal);
  } catch (error) {
    if (isRunning(identity)) {
      throw error;
    }
  }
}

/** Waits until none of the processes runs; false when some still do after `timeoutMs`. */
export async function waitUntilGone(processes: ProcessIdentity[], timeoutMs: number): Promise<boolean> {
  const giveUpAt = Date.now() + timeoutMs;
  while (processes.some(isRunning)) {
    if (Date.now() > giveUpAt) {
      return false;
    }
    await sleep(10);
  }
  return true;
}
