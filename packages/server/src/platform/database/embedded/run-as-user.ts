import fs from "node:fs";
import { EmbeddedPostgresError } from "./failures.ts";
import { ensureUnprivilegedUser, isRoot, type ProcessUser } from "./unprivileged-user.ts";

/**
 * The user PostgreSQL runs as: undefined for this process's own. Under root, an existing cluster is run by its owner,
 * because a volume keeps its user number while another image numbers its users differently.
 */
export function choosePostgresUser(cluster: string, userName: string): ProcessUser | undefined {
  if (!isRoot()) {
    return undefined;
  }
  if (!fs.existsSync("/proc/self/cwd")) {
    throw new EmbeddedPostgresError(
      "PostgreSQL does not run as root here. Start as an ordinary user, or set DATABASE_URL.",
    );
  }
  const owner = fs.statSync(cluster, { throwIfNoEntry: false });
  return owner !== undefined && owner.uid !== 0
    ? { uid: owner.uid, gid: owner.gid }
    : ensureUnprivilegedUser(userName);
}

/**
 * The cluster folder as PostgreSQL is told it. The data folder is closed (0700, root) and may lie in a private home, so
 * under root its path leads nowhere for the unprivileged user. Moving the database elsewhere would part it from the
 * folder the operator chose, mounts and backs up; opening the home is out of the question. Instead root enters the
 * folder before it gives up its rights: PostgreSQL works relative to its working directory, and /proc/self/cwd names
 * that directory without passing the folders above it.
 */
export function seenFromPostgres(cluster: string, user: ProcessUser | undefined): string {
  return user === undefined ? cluster : "/proc/self/cwd";
}

/** A bare environment: the server's own holds secrets, and PG* or LC_* variables would change what PostgreSQL does. */
export function postgresEnvironment(): Record<string, string> {
  return { PATH: process.env.PATH ?? "/usr/bin:/bin", LC_ALL: "C" };
}
