import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { EmbeddedPostgresError } from "./failures.ts";

/** A system user by number: what a child process needs to run as it. */
export interface ProcessUser {
  uid: number;
  gid: number;
}

/** Whether this process is root, which PostgreSQL refuses to run as. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Finds the system user PostgreSQL runs as under root, and creates it when absent: no password, no shell, no home.
 * Throws an EmbeddedPostgresError with the command to type when the system has no tool to create one.
 */
export function ensureUnprivilegedUser(name: string): ProcessUser {
  if (!/^[a-z_][a-z0-9_-]{0,30}$/.test(name)) {
    throw new EmbeddedPostgresError(`"${name}" is not a user name: use lower-case letters, digits, - and _.`);
  }
  const user = findUser(name) ?? createUser(name);
  if (user.uid === 0) {
    throw new EmbeddedPostgresError(
      `The user ${name} is root under another name; PostgreSQL refuses to run as root.`,
    );
  }
  return user;
}

function findUser(name: string): ProcessUser | undefined {
  const line = fs
    .readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  if (line !== undefined) {
    const [, , uid, gid] = line.split(":");
    return { uid: Number(uid), gid: Number(gid) };
  }
  // Users of a directory service are not in the file.
  const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, name], { encoding: "utf8" }));
  return uid?.status === 0 && gid?.status === 0
    ? { uid: Number(uid.stdout), gid: Number(gid.stdout) }
    : undefined;
}

function createUser(name: string): ProcessUser {
  const shell = ["/usr/sbin/nologin", "/sbin/nologin"].find((file) => fs.existsSync(file)) ?? "/bin/false";
  // shadow-utils (Debian, Red Hat), then BusyBox (Alpine), then Debian's own adduser.
  const commands: [string, ...string[]][] = [
    [
      "useradd",
      "--system",
      "--user-group",
      "--no-create-home",
      "--home-dir",
      "/nonexistent",
      "--shell",
      shell,
      name,
    ],
    ["adduser", "-S", "-D", "-H", "-h", "/nonexistent", "-s", shell, name],
    ["adduser", "--system", "--group", "--no-create-home", "--home", "/nonexistent", "--shell", shell, name],
  ];
  const answers: string[] = [];
  for (const [command, ...options] of commands) {
    const result = spawnSync(command, options, {
      encoding: "utf8",
      env: { ...process.env, PATH: `${process.env.PATH ?? ""}:/usr/sbin:/sbin:/usr/bin:/bin`, LC_ALL: "C" },
    });
    // Looked up whatever the answer was: another process may have created the user in the meantime.
    const user = findUser(name);
    if (user !== undefined) {
      return user;
    }
    answers.push(`${command}: ${result.error?.message ?? result.stderr.trim().split("\n").at(-1) ?? ""}`);
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL does not run as root, and the user ${name} it should run as could not be created (${answers.join("; ")}). ` +
      `Create it ("useradd --system --no-create-home ${name}"), start as an ordinary user, or set DATABASE_URL.`,
  );
}
