import { AsyncLocalStorage } from "node:async_hooks";

/** What a log line says about the work it comes from. Ids and names only, never what people typed. */
export interface LogContext {
  requestId?: string;
  migrationId?: string;
  worker?: string;
  jobId?: string;
}

const storage = new AsyncLocalStorage<LogContext>();

/** Runs the work, and everything it starts, so that its log lines carry these on top of those around it. */
export function inLogContext<T>(context: LogContext, work: () => T): T {
  return storage.run({ ...storage.getStore(), ...context }, work);
}

/** What the log lines of this moment carry. */
export function currentLogContext(): LogContext {
  return storage.getStore() ?? {};
}
