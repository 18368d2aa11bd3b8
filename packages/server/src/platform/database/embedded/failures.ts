import fs from "node:fs";

/** Why the embedded database cannot start, in words a person can act on. */
export class EmbeddedPostgresError extends Error {
  override name = "EmbeddedPostgresError";
}

/** Lines of PostgreSQL's own output that go into an error message. */
const TAIL_LINES = 15;
const TAIL_BYTES = 16 * 1024;

/** First match wins, so the causes stand before their consequences. */
const hints: { pattern: RegExp; hint: string }[] = [
  {
    pattern: /no space left on device|ENOSPC|disk quota exceeded/i,
    hint: "The disk that holds the data folder is full. Free some space and start again; what was committed is still there.",
  },
  {
    pattern: /database files are incompatible|initialized by PostgreSQL version/i,
    hint: "The data folder was written by another version of PostgreSQL. Use the program version that wrote it, or set REHOME_DATA_DIR to another folder.",
  },
  {
    pattern: /cannot allocate memory|could not map anonymous shared memory|could not create shared memory/i,
    hint: "The machine refused the memory. Stop other programs, or lower the setting shared_buffers.",
  },
  {
    pattern: /error while loading shared libraries|GLIBC_|cannot execute|exec format error/i,
    hint: "The bundled PostgreSQL does not run on this system. Set DATABASE_URL to a PostgreSQL of your own.",
  },
  {
    pattern: /lock file .* already exists|pre-existing shared memory block/i,
    hint: "Another PostgreSQL still works on this folder. Stop it, then start again.",
  },
  {
    pattern:
      /unrecognized configuration parameter|invalid value for parameter|configuration file .* contains errors/i,
    hint: "One of the PostgreSQL settings is wrong; the lines above name it.",
  },
  {
    pattern:
      /permission denied|operation not permitted|has invalid permissions|has wrong ownership|read-only file system/i,
    hint: "PostgreSQL may not use its files. Start as the user who owns the data folder, and put that folder where it can be written.",
  },
  {
    pattern:
      /control file|checkpoint record|PANIC|checksum|invalid page|bogus data|could not (open|read|stat|access) (file|directory)|is not a valid data directory|missing/i,
    hint: "The database files look damaged. Keep the folder as it is, and restore your latest backup into a new data folder (REHOME_DATA_DIR).",
  },
];

/** A sentence that says what to do about this output of PostgreSQL or this error of the system; `logFile` is where to read on. */
export function findHint(output: string, logFile: string): string {
  return hints.find(({ pattern }) => pattern.test(output))?.hint ?? `The whole log is ${logFile}.`;
}

/** Builds the error for a PostgreSQL program that ended when it should not have. `outcome`: "exit code 1", "signal SIGKILL". */
export function describeFailure(
  what: string,
  outcome: string,
  output: string,
  logFile: string,
): EmbeddedPostgresError {
  const tail = output.trim().split("\n").slice(-TAIL_LINES).join("\n");
  const said = tail === "" ? "It wrote nothing to its log." : `The end of its log:\n${tail}`;
  return new EmbeddedPostgresError(`${what} (${outcome}). ${said}\n${findHint(output, logFile)}`);
}

/** Puts words around an error of the file system or of a connection; errors that already have words pass unchanged. */
export function explainError(error: unknown, folder: string, logFile: string): EmbeddedPostgresError {
  if (error instanceof EmbeddedPostgresError) {
    return error;
  }
  const detail = error instanceof Error && error.message !== "" ? error.message : String(error);
  const message = `The embedded PostgreSQL in ${folder} could not be started: ${detail}.`;
  return new EmbeddedPostgresError(`${message}\n${findHint(detail, logFile)}`, { cause: error });
}

/** What PostgreSQL wrote to its log from byte `from` on, at most the last 16 KB; "" when there is no log. */
export function readLogTail(logFile: string, from: number): string {
  let descriptor: number;
  try {
    descriptor = fs.openSync(logFile, "r");
  } catch {
    return "";
  }
  try {
    const { size } = fs.fstatSync(descriptor);
    const start = Math.max(from, size - TAIL_BYTES);
    const buffer = Buffer.alloc(Math.max(0, size - start));
    fs.readSync(descriptor, buffer, 0, buffer.length, start);
    return buffer.toString("utf8");
  } finally {
    fs.closeSync(descriptor);
  }
}

/** "exit code 1" or "signal SIGKILL". */
export function describeOutcome(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `exit code ${code ?? "unknown"}` : `signal ${signal}`;
}

/** The `code` of a Node.js system error ("ENOENT"), or "" for anything else. */
export function systemErrorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
