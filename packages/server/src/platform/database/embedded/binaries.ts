import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { EmbeddedPostgresError } from "./failures.ts";
import type { EmbeddedLogger } from "./logger.ts";
import {
  findNativeFolder,
  isReachable,
  listNativeEntries,
  readNativeFolder,
  type NativeFolder,
} from "./native-folder.ts";
import type { ProcessUser } from "./unprivileged-user.ts";

/** Absolute paths of PostgreSQL's programs. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** Major version, 18; the first line of PG_VERSION in a cluster. */
  majorVersion: string;
}

/** Where binaries come from and where a copy may go. */
export interface BinariesRequest {
  /** The user that runs them under root; undefined: this process's own user. */
  user: ProcessUser | undefined;
  /** Folder for the copy. Default: /var/lib/rehome under root, else the data folder. */
  systemDir: string | undefined;
  dataDir: string;
  /** Default: the installed platform package. */
  nativeDir: string | undefined;
  logger: EmbeddedLogger;
}

/**
 * Makes PostgreSQL's programs runnable for the user. Normally they run where npm put them. When the user cannot reach
 * them there (a checkout in a private home, files hard-linked from a private store, install scripts that were off),
 * they are copied once per version to a folder that root owns and nobody else can write.
 */
export function prepareBinaries(request: BinariesRequest): PostgresBinaries {
  const native = request.nativeDir === undefined ? findNativeFolder() : readNativeFolder(request.nativeDir);
  const isUsableInPlace =
    native.links.every(({ file }) => fs.existsSync(path.join(native.path, file))) &&
    (request.user === undefined || isReachable(native.path, request.user));
  const reasons: string[] = [];
  if (isUsableInPlace) {
    const answer = tryBinaries(native.path, request.user);
    if (typeof answer !== "string") {
      return answer;
    }
    reasons.push(answer);
  }
  for (const root of listCopyRoots(request)) {
    try {
      const answer = tryBinaries(copyBinaries(native, root, request), request.user);
      if (typeof answer !== "string") {
        return answer;
      }
      reasons.push(answer);
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new EmbeddedPostgresError(
    `The bundled PostgreSQL does not run on this system: ${reasons.join("; ")}. Set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

function listCopyRoots({ user, systemDir, dataDir }: BinariesRequest): string[] {
  if (user === undefined) {
    return [dataDir];
  }
  return systemDir === undefined
    ? ["/var/lib/rehome", path.join(os.tmpdir(), "rehome-postgresql")]
    : [systemDir];
}

/** The programs, or the reason why they do not run. Running one is the only test that sees loaders, libraries and noexec. */
function tryBinaries(native: string, user: ProcessUser | undefined): PostgresBinaries | string {
  const postgres = path.join(native, "bin", "postgres");
  const result = spawnSync(postgres, ["--version"], {
    encoding: "utf8",
    cwd: "/",
    env: { LC_ALL: "C" },
    ...user,
  });
  const majorVersion = /PostgreSQL\) (\d+)/.exec(result.stdout ?? "")?.[1];
  if (result.status === 0 && majorVersion !== undefined) {
    return { postgres, initdb: path.join(native, "bin", "initdb"), majorVersion };
  }
  return `${postgres}: ${result.error?.message ?? result.stderr.trim()}`;
}

function copyBinaries(native: NativeFolder, root: string, { user, logger }: BinariesRequest): string {
  ensureOwnedFolder(root, user !== undefined);
  const target = path.join(root, `postgresql-${native.packageVersion}-${process.platform}-${process.arch}`);
  if (fs.existsSync(target)) {
    ensureOwnedFolder(target, user !== undefined);
    if (isSameContent(native, target)) {
      return target;
    }
    fs.rmSync(target, { recursive: true });
  }
  logger.info(`Copying the PostgreSQL programs to ${target}, once.`);
  // A copy appears under its name only when complete; whoever is second uses the first one's.
  const draft = fs.mkdtempSync(`${target}.draft-`);
  try {
    writeCopy(native, draft);
    fs.renameSync(draft, target);
  } catch (error) {
    if (!fs.existsSync(target) || !isSameContent(native, target)) {
      throw error;
    }
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
  return target;
}

/** What servers do not need: static libraries and build files. */
const isLeftOut = (name: string): boolean => /\.a$|(^|\/)(pkgconfig|pgxs)(\/|$)/.test(name);

function writeCopy(native: NativeFolder, target: string): void {
  // Modes are set one by one because the umask, or the store the files were linked from, may have made them private.
  fs.chmodSync(target, 0o755);
  for (const { name, isFolder, isLink } of listNativeEntries(native.path)) {
    if (isLeftOut(name) || isLink) {
      continue;
    }
    const copy = path.join(target, name);
    if (isFolder) {
      fs.mkdirSync(copy, { recursive: true });
      fs.chmodSync(copy, 0o755);
    } else {
      fs.mkdirSync(path.dirname(copy), { recursive: true });
      fs.copyFileSync(path.join(native.path, name), copy, fs.constants.COPYFILE_FICLONE);
      fs.chmodSync(copy, path.dirname(name) === "bin" || name.includes(".so") ? 0o755 : 0o644);
    }
  }
  for (const { file, target: destination } of native.links) {
    fs.symlinkSync(destination, path.join(target, file));
  }
}

/** Sizes tell a copy that a power failure cut short. */
function isSameContent(native: NativeFolder, copy: string): boolean {
  const hasFiles = listNativeEntries(native.path)
    .filter(({ name, isFolder, isLink }) => !isFolder && !isLink && !isLeftOut(name))
    .every(({ name, size }) => fs.statSync(path.join(copy, name), { throwIfNoEntry: false })?.size === size);
  return hasFiles && native.links.every(({ file }) => fs.existsSync(path.join(copy, file)));
}

/** Programs that root starts must not come from a folder that somebody else prepared or can change. */
function ensureOwnedFolder(folder: string, isShared: boolean): void {
  if (fs.mkdirSync(folder, { recursive: true }) !== undefined && isShared) {
    fs.chmodSync(folder, 0o755);
  }
  const stat = fs.lstatSync(folder);
  if (!stat.isDirectory() || stat.uid !== process.getuid?.() || (stat.mode & 0o022) !== 0) {
    throw new EmbeddedPostgresError(`${folder} is not a folder that only the starting user can write`);
  }
}
