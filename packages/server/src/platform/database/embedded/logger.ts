/** What the embedded database says while it starts, runs and stops; a pino logger fits. */
export interface EmbeddedLogger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Says nothing. */
export const silentLogger: EmbeddedLogger = { info() {}, warn() {}, error() {} };
