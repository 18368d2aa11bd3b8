import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { EmbeddedPostgresError, systemErrorCode } from "./failures.ts";

/** Where things are in a data folder; absolute paths. */
export interface DataFolder {
  path: string;
  /** PostgreSQL's own folder. Present only when complete: it is made under another name and renamed. */
  cluster: string;
  credentialsFile: string;
  logFile: string;
}

/** Creates the data folder when absent and closes it to other users (0700). Throws in words when it cannot be ours. */
export function prepareDataFolder(dataDir: string): DataFolder {
  const wanted = path.resolve(dataDir);
  try {
    fs.mkdirSync(wanted, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw refuse(wanted, `could not be created (${systemErrorCode(error) || String(error)})`, error);
  }
  const folder = fs.realpathSync(wanted);
  const { mode, uid } = fs.statSync(folder);
  const ownUid = process.getuid?.();
  if (folder === path.parse(folder).root || folder === os.homedir() || isSharedFolder(folder, mode)) {
    throw refuse(folder, "must be a folder of its own, because it is closed to other users");
  }
  if (ownUid !== undefined && ownUid !== 0 && uid !== ownUid) {
    throw refuse(folder, `belongs to another user (number ${uid}); start as that user`);
  }
  if ((mode & 0o777) !== 0o700) {
    fs.chmodSync(folder, 0o700);
  }
  return {
    path: folder,
    cluster: path.join(folder, "postgres"),
    credentialsFile: path.join(folder, "postgres.credentials.json"),
    logFile: path.join(folder, "postgres.log"),
  };
}

/** A folder like /tmp, where others keep things too. An empty one, a fresh mount for instance, may become ours. */
function isSharedFolder(folder: string, mode: number): boolean {
  return (mode & 0o1000) !== 0 && fs.readdirSync(folder).length > 0;
}

function refuse(folder: string, reason: string, cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The data folder ${folder} ${reason}. Set REHOME_DATA_DIR to another folder.`,
    { cause },
  );
}

/**
 * Whether the data folder already holds a database, which must then be one this PostgreSQL can open.
 * Throws in words for another version and for a folder that is not a whole database.
 */
export function hasCluster(folder: DataFolder, majorVersion: string): boolean {
  if (!fs.existsSync(folder.cluster)) {
    return false;
  }
  const versionFile = path.join(folder.cluster, "PG_VERSION");
  const found = fs.existsSync(versionFile) ? fs.readFileSync(versionFile, "utf8").trim() : "";
  if (found === "") {
    throw new EmbeddedPostgresError(
      `${folder.cluster} is not a whole PostgreSQL database: PG_VERSION is missing or empty. ` +
        "Keep the folder as it is, and restore your latest backup into a new data folder (REHOME_DATA_DIR).",
    );
  }
  if (found !== majorVersion) {
    throw new EmbeddedPostgresError(
      `The database in ${folder.cluster} was written by PostgreSQL ${found}, and this program brings PostgreSQL ${majorVersion}. ` +
        "Dump it with the program version that wrote it and restore the dump here, or set REHOME_DATA_DIR to another folder.",
    );
  }
  return true;
}

/** Writes a file so that after a power failure it is there with all its content, or not at all. */
export function writeDurably(file: string, content: string, mode: number): void {
  const draft = `${file}.new`;
  fs.rmSync(draft, { force: true });
  const descriptor = fs.openSync(draft, "wx", mode);
  try {
    fs.writeFileSync(descriptor, content);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
  renameDurably(draft, file);
}

/** Renames and syncs the folder, so that a power failure does not undo it. */
export function renameDurably(from: string, to: string): void {
  fs.renameSync(from, to);
  const descriptor = fs.openSync(path.dirname(to), "r");
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}
