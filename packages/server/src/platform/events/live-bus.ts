import pg from "pg";
import type { Logger } from "../logging.ts";

/** The channel of every wake-up. */
export const liveChannel = "rehome_live";

/** Wakes subscribers of a topic on every node. A topic is an id-only word such as `migration:<id>`. */
export interface LiveBus {
  /** Waits for topic wake-ups until `stop` is called. `onWake` is also called after a lost LISTEN connection came back. */
  watch(topic: string, onWake: () => void): () => void;
  close(): Promise<void>;
}

/** The SQL that announces topics; inside a transaction it is delivered at commit, never before. */
export const announceSql = `select pg_notify('${liveChannel}', topic) from unnest($1::text[]) as topic`;

/**
 * Fan-out over LISTEN/NOTIFY, one connection per node. NOTIFY carries ids only: each watcher reads what
 * changed from the database, so a lost notification costs a delay and never an event. After a reconnect
 * every watcher is woken, because notifications sent meanwhile are gone.
 */
export function createLiveBus(connectionString: string, logger: Logger): LiveBus {
  const watchers = new Map<string, Set<() => void>>();
  let client: pg.Client | undefined;
  let closed = false;
  let retryTimer: NodeJS.Timeout | undefined;

  const wake = (topic: string): void => {
    for (const onWake of watchers.get(topic) ?? []) {
      onWake();
    }
  };
  const wakeAll = (): void => {
    for (const topic of watchers.keys()) {
      wake(topic);
    }
  };
  const retryLater = (): void => {
    if (!closed && retryTimer === undefined) {
      retryTimer = setTimeout(() => {
        retryTimer = undefined;
        void connect();
      }, 500);
    }
  };
  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString, application_name: "rehome-live", keepAlive: true });
    next.on("notification", (message) => wake(message.payload ?? ""));
    next.on("error", (error) => logger.warn({ err: error }, "live connection lost"));
    next.on("end", retryLater);
    try {
      await next.connect();
      await next.query(`listen ${liveChannel}`);
      if (closed) {
        await next.end();
        return;
      }
      client = next;
      wakeAll();
    } catch (error) {
      logger.warn({ err: error }, "live connection failed, trying again");
      retryLater();
    }
  };
  const ready = connect();

  return {
    watch(topic, onWake) {
      const set = watchers.get(topic) ?? new Set();
      set.add(onWake);
      watchers.set(topic, set);
      return () => {
        set.delete(onWake);
        if (set.size === 0 && watchers.get(topic) === set) {
          watchers.delete(topic);
        }
      };
    },
    async close() {
      closed = true;
      clearTimeout(retryTimer);
      await ready;
      await client?.end();
    },
  };
}
