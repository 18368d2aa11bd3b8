import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { EmbeddedPostgresError, systemErrorCode } from "./failures.ts";
import {
  identifyProcess,
  isRunning,
  readProcessNamespace,
  type ProcessIdentity,
} from "./process-identity.ts";

/** The right to use a data folder, held by this process until released or until the process ends, however it ends. */
export interface FolderLock {
  /** Gives the folder free. Safe to call twice. */
  release(): void;
}

interface Holder extends ProcessIdentity {
  namespace: string;
  /** Different for every acquisition, so that a file seen before is told from one written since. */
  nonce: string;
}

/**
 * A holder in another container cannot be looked up by its process number, so every holder touches its lock file
 * this often, and one that has been silent for five times as long counts as gone.
 */
const SIGN_OF_LIFE_MS = 3000;

/**
 * Takes the folder's lock (file `lock`: process number, start time, container).
 * Throws an EmbeddedPostgresError naming the process and the folder when somebody else holds it.
 */
export async function acquireFolderLock(folder: string, signOfLifeMs = SIGN_OF_LIFE_MS): Promise<FolderLock> {
  const file = path.join(folder, "lock");
  const own = describeSelf();
  await takeLock({ file, own, folder, silenceMs: signOfLifeMs * 5 });
  const timer = setInterval(() => showLife(file), signOfLifeMs);
  timer.unref();
  let released = false;
  return {
    release() {
      if (!released) {
        released = true;
        clearInterval(timer);
        // Another container may have judged us gone, after a long standstill, and hold the folder by now.
        if (readHolder(file)?.nonce === own.nonce) {
          fs.rmSync(file, { force: true });
        }
      }
    },
  };
}

interface Attempt {
  file: string;
  own: Holder;
  folder: string;
  silenceMs: number;
}

/**
 * A lock file appears complete and at once (hard link), so exactly one of several starters creates it.
 * Replacing the file of a dead holder is where lock files usually go wrong: two starters see the same dead holder, the
 * slower one removes the faster one's fresh file. Here only the owner of the guard `lock.<nonce of the dead>` may
 * replace, and only if the file still carries that nonce. The guard is itself such a lock, so a starter that dies
 * while holding it is replaced by the same rule.
 */
async function takeLock(attempt: Attempt): Promise<void> {
  const { file, own } = attempt;
  for (;;) {
    if (createLock(file, own)) {
      return;
    }
    const holder = readHolder(file);
    if (holder === undefined) {
      continue;
    }
    if (await isAlive(holder, attempt)) {
      throw new EmbeddedPostgresError(
        `The data folder ${attempt.folder} is in use by process ${holder.pid}${sayWhere(holder, own)}. ` +
          "Stop it first, or set REHOME_DATA_DIR to another folder.",
      );
    }
    const guard = `${file}.${holder.nonce}`;
    await takeLock({ ...attempt, file: guard });
    try {
      if (readHolder(file)?.nonce === holder.nonce) {
        replaceLock(file, own);
        return;
      }
    } finally {
      fs.rmSync(guard, { force: true });
    }
  }
}

function createLock(file: string, own: Holder): boolean {
  const draft = nameDraft(file, own);
  try {
    writeHolder(draft, own);
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") {
      return false;
    }
    throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function replaceLock(file: string, own: Holder): void {
  const draft = nameDraft(file, own);
  writeHolder(draft, own);
  fs.renameSync(draft, file);
}

function nameDraft(file: string, own: Holder): string {
  return `${file}.draft-${own.nonce}`;
}

function writeHolder(file: string, own: Holder): void {
  // Readable for all: it holds no secret, and after a crash as root another user must be able to see whose it was.
  fs.writeFileSync(file, `${JSON.stringify(own)}\n`, { mode: 0o644 });
}

/** undefined: there is no lock. A file cut short by a power failure is a holder that cannot be alive. */
function readHolder(file: string): Holder | undefined {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") {
      return undefined;
    }
    throw error;
  }
  try {
    const { pid, startedAt, namespace, nonce } = JSON.parse(text) as Partial<Holder>;
    if (typeof pid === "number" && startedAt && namespace && nonce && /^[0-9a-f]+$/.test(nonce)) {
      return { pid, startedAt, namespace, nonce };
    }
  } catch {
    // Falls through to the unreadable holder.
  }
  return { pid: 0, startedAt: "", namespace: readProcessNamespace(), nonce: "unreadable" };
}

async function isAlive(holder: Holder, { file, own, silenceMs }: Attempt): Promise<boolean> {
  if (holder.namespace === own.namespace) {
    return isRunning(holder);
  }
  // Wait rather than refuse: this is what a container looks like that was killed and started again at once.
  const giveUpAt = Date.now() + silenceMs * 1.5;
  while (Date.now() < giveUpAt) {
    const touched = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (touched === undefined || Math.abs(Date.now() - touched) > silenceMs) {
      return false;
    }
    await sleep(Math.min(250, silenceMs / 10));
  }
  return true;
}

function sayWhere(holder: Holder, own: Holder): string {
  return holder.namespace === own.namespace ? "" : " in another container or on another machine";
}

function describeSelf(): Holder {
  const identity = identifyProcess(process.pid);
  if (identity === undefined) {
    throw new EmbeddedPostgresError(
      "This system does not tell when a process started, neither in /proc nor through ps.",
    );
  }
  return { ...identity, namespace: readProcessNamespace(), nonce: randomBytes(8).toString("hex") };
}

function showLife(file: string): void {
  const now = new Date();
  try {
    fs.utimesSync(file, now, now);
  } catch {
    // The folder was removed under a running program; the database itself will say so.
  }
}
