import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { PostgresBinaries } from "./binaries.ts";
import type { Credentials } from "./credentials.ts";
import { renameDurably, type DataFolder } from "./data-folder.ts";
import { describeFailure, describeOutcome } from "./failures.ts";
import { postgresEnvironment, seenFromPostgres } from "./run-as-user.ts";
import type { ProcessUser } from "./unprivileged-user.ts";

/** The one way in. Nothing is trusted, loopback neither: other users of the machine can open a port as well. */
const ACCESS_RULES =
  "# TYPE  DATABASE  USER  ADDRESS       METHOD\nhost    all       all   127.0.0.1/32  scram-sha-256\n";

const DRAFT_PREFIX = "postgres.new-";

/**
 * Makes the cluster: UTF-8, ordered by code point with Unicode case rules (the same on every system, no locale needed),
 * with data checksums. initdb syncs everything to disk before the folder gets its name, so a crash leaves none or a whole one.
 */
export async function initializeCluster(
  folder: DataFolder,
  binaries: PostgresBinaries,
  credentials: Credentials,
  user: ProcessUser | undefined,
): Promise<void> {
  removeDrafts(folder);
  const draft = fs.mkdtempSync(path.join(folder.path, DRAFT_PREFIX));
  if (user !== undefined) {
    fs.chownSync(draft, user.uid, user.gid);
  }
  try {
    await runInitdb(folder, draft, binaries.initdb, credentials.administrator, user);
    const rules = fs.openSync(path.join(draft, "pg_hba.conf"), "w");
    fs.writeFileSync(rules, ACCESS_RULES);
    fs.fsyncSync(rules);
    fs.closeSync(rules);
    renameDurably(draft, folder.cluster);
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Removes what an interrupted first start left. Each attempt has a name of its own: the initdb of a killed server may
 * still be writing to the former one, which is also why failing to remove that is no fault.
 */
export function removeDrafts(folder: DataFolder): void {
  for (const name of fs.readdirSync(folder.path).filter((entry) => entry.startsWith(DRAFT_PREFIX))) {
    try {
      fs.rmSync(path.join(folder.path, name), { recursive: true, force: true });
    } catch {
      // The next start tries again.
    }
  }
}

async function runInitdb(
  folder: DataFolder,
  draft: string,
  initdb: string,
  password: string,
  user: ProcessUser | undefined,
): Promise<void> {
  const options = ["--username=postgres", "--pwfile=/dev/stdin", "--auth=scram-sha-256", "--no-instructions"];
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const stdin = openPasswordFile(folder, password, user);
  let output = "";
  const outcome = await new Promise<string>((resolve, reject) => {
    const child = spawn(initdb, ["-D", seenFromPostgres(draft, user), ...options, ...locale], {
      cwd: draft,
      env: postgresEnvironment(),
      stdio: [stdin, "pipe", "pipe"],
      ...user,
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
    }
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(describeOutcome(code, signal)));
  }).finally(() => fs.closeSync(stdin));
  if (outcome !== "exit code 0") {
    throw describeFailure("PostgreSQL could not make a new database", outcome, output, folder.logFile);
  }
}

/** The password as standard input, in a file without a name: never in a command line, an environment or a readable folder. */
function openPasswordFile(folder: DataFolder, password: string, user: ProcessUser | undefined): number {
  const file = path.join(folder.path, "postgres.password.new");
  fs.rmSync(file, { force: true });
  fs.writeFileSync(file, `${password}\n`, { mode: 0o600, flag: "wx" });
  try {
    if (user !== undefined) {
      fs.chownSync(file, user.uid, user.gid);
    }
    return fs.openSync(file, "r");
  } finally {
    fs.rmSync(file);
  }
}
