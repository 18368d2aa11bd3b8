import { pino, type Logger } from "pino";

export type { Logger } from "pino";

/** One JSON line per entry on standard error; secrets never enter a log call, and these paths are cut as a second line of defence. */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: undefined,
      redact: ["password", "*.password", "token", "*.token", "headers.cookie", "headers.authorization"],
    },
    pino.destination(2),
  );
}
