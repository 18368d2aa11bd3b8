import fs from "node:fs";
import path from "node:path";
import type { Credentials } from "./credentials.ts";
import { EmbeddedPostgresError } from "./failures.ts";
import {
  clearStragglers,
  stopPostmaster,
  waitUntilReady,
  type LaunchPlan,
  type Postmaster,
} from "./postmaster.ts";
import {
  listClusterProcesses,
  looksLikePostgres,
  nameCluster,
  readPostmasterFile,
} from "./postgres-processes.ts";
import { readCommandLine, type ProcessIdentity } from "./process-identity.ts";
import { endOtherSessions } from "./provision.ts";

/**
 * Deals with what a killed server left on the cluster: a PostgreSQL that still runs, or a `postmaster.pid` that names
 * a process which is gone or is another program by now.
 * Returns the running PostgreSQL when it is just the one that would be started, accepts our password and nobody uses it
 * any more; otherwise stops it cleanly and returns undefined: the way is free for a start.
 */
export async function settleOrphan(
  plan: LaunchPlan,
  credentials: Credentials,
): Promise<Postmaster | undefined> {
  const { folder, logger } = plan;
  const main = findMainProcess(folder.cluster);
  if (main !== undefined) {
    const adopted = await tryToAdopt(plan, main, credentials);
    if (adopted !== undefined) {
      logger.info(`Took over PostgreSQL (process ${main.pid}), which a stopped server left running.`);
      return adopted;
    }
    logger.info(`Stopping PostgreSQL (process ${main.pid}), which a stopped server left running.`);
    await stopPostmaster(folder, main);
  }
  await clearStragglers(folder);
  removeStalePidFile(folder.cluster);
  return undefined;
}

function findMainProcess(cluster: string): ProcessIdentity | undefined {
  const processes = listClusterProcesses(nameCluster(cluster));
  const named = readPostmasterFile(cluster)?.pid;
  // Without its file, the main process is the one that still shows its arguments.
  return (
    processes.find(({ pid }) => pid === named) ??
    processes.find(({ pid }) => readCommandLine(pid)?.startsWith("postgres: ") === false)
  );
}

async function tryToAdopt(
  plan: LaunchPlan,
  main: ProcessIdentity,
  credentials: Credentials,
): Promise<Postmaster | undefined> {
  const { folder } = plan;
  const file = readPostmasterFile(folder.cluster);
  const expected = [plan.postgres, ...plan.arguments, "-c", `port=${file?.port}`].join(" ");
  // Other programs or other settings than today's: a restart brings the right ones.
  if (file?.pid !== main.pid || file.status === "stopping" || readCommandLine(main.pid) !== expected) {
    return undefined;
  }
  try {
    if (!(await waitUntilReady(folder, main, plan.logger))) {
      return undefined;
    }
    await endOtherSessions(file.port, credentials);
    return { identity: main, port: file.port };
  } catch {
    // It runs but does not answer as ours should; the restart that follows will say what is wrong.
    return undefined;
  }
}

/**
 * PostgreSQL takes a process number that is in use by the same user for a running server and refuses to start, so a
 * file whose process is another program by now is removed here, and only then.
 */
function removeStalePidFile(cluster: string): void {
  const named = readPostmasterFile(cluster);
  const commandLine = named === undefined ? undefined : readCommandLine(named.pid);
  if (named !== undefined && commandLine !== undefined && mayUseCluster(named.pid, commandLine, cluster)) {
    throw new EmbeddedPostgresError(
      `Another PostgreSQL (process ${named.pid}), started by other means, runs on ${cluster}. Stop it, then start again.`,
    );
  }
  fs.rmSync(path.join(cluster, "postmaster.pid"), { force: true });
}

/** Whether a process that is none of ours could be a PostgreSQL that somebody started on this cluster by hand. */
function mayUseCluster(pid: number, commandLine: string, cluster: string): boolean {
  if (!looksLikePostgres(commandLine) || / cluster_name=rehome-|^postgres: rehome-/.test(commandLine)) {
    return false;
  }
  try {
    const [theirs, ours] = [fs.statSync(`/proc/${pid}/cwd`), fs.statSync(cluster)];
    return theirs.dev === ours.dev && theirs.ino === ours.ino;
  } catch {
    return true;
  }
}
