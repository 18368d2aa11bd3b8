import { pino, type DestinationStream, type Logger } from "pino";
import { currentLogContext } from "./log-context.ts";

export type { Logger } from "pino";

/** Names under which secrets travel; their values are cut, at the top of an entry and up to two levels below. */
const secretNames = [
  "password",
  "newPassword",
  "currentPassword",
  "token",
  "secret",
  "cookie",
  "authorization",
  "connectionString",
  "clientUrl",
];
const secretPaths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/**
 * One JSON line per entry on standard error, with the request, migration, worker and job it belongs to. Secrets never
 * enter a log call, and these paths are cut as a second line of defence.
 * @param destination standard error unless given
 */
export function createLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: undefined,
      mixin: () => ({ ...currentLogContext() }),
      redact: [...secretPaths, 'headers["set-cookie"]', '*.headers["set-cookie"]'],
      formatters: { log: withoutPasswordsInAddresses },
    },
    destination,
  );
}

const passwordInAddress = /(\w+:\/\/[^\s:/@]*):[^\s@/]+@/g;

/** Errors of drivers quote the address they could not reach. */
function withoutPasswordsInAddresses(entry: Record<string, unknown>): Record<string, unknown> {
  const { err } = entry;
  if (!(err instanceof Error) || `${err.message}${err.stack}`.search(passwordInAddress) < 0) {
    return entry;
  }
  const clean = new Error(err.message.replaceAll(passwordInAddress, "$1:[Redacted]@"));
  clean.name = err.name;
  clean.stack = err.stack?.replaceAll(passwordInAddress, "$1:[Redacted]@");
  return { ...entry, err: clean };
}
