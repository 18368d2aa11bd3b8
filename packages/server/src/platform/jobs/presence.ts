import { randomInt } from "node:crypto";
import pg from "pg";
import type { Logger } from "../logging.ts";

// Any constant of our own: the first half of the advisory locks that stand for living workers.
const lockClass = 724_321;

/** SQL that is true while some connection holds this presence, a column or parameter of type int. */
export function isPresentSql(presence: string): string {
  return `exists (select 1 from pg_locks k where k.locktype = 'advisory' and k.classid = ${lockClass}
    and k.objid = ${presence} and k.objsubid = 2 and k.granted
    and k.database = (select d.oid from pg_database d where d.datname = current_database()))`;
}

/** SQL that is true while any process holds a presence on this database. */
export const anyPresentSql = `exists (select 1 from pg_locks k where k.locktype = 'advisory' and k.classid = ${lockClass}
    and k.objsubid = 2 and k.granted
    and k.database = (select d.oid from pg_database d where d.datname = current_database()))`;

/** Shows other processes that this one lives. */
export interface Presence {
  /** Names the lock; a positive int. */
  key: number;
  close(): Promise<void>;
}

/**
 * Holds an advisory lock on a connection of its own: the database lets go of it the moment this process dies, so
 * others need not wait for a clock. A lost connection is made again; until then others may take over, which costs a
 * repeated batch and nothing else.
 */
export async function holdPresence(connectionString: string, logger: Logger): Promise<Presence> {
  const key = randomInt(1, 2 ** 31 - 1);
  let client: pg.Client | undefined;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString, application_name: "rehome-presence", keepAlive: true });
    next.on("error", (error) => logger.warn({ err: error }, "presence connection lost"));
    next.on("end", retryLater);
    try {
      await next.connect();
      await next.query("select pg_advisory_lock($1, $2)", [lockClass, key]);
      client = next;
      if (closed) {
        await next.end();
      }
    } catch (error) {
      logger.warn({ err: error }, "presence connection failed, trying again");
      retryLater();
    }
  };
  const retryLater = (): void => {
    if (!closed && timer === undefined) {
      timer = setTimeout(() => {
        timer = undefined;
        void connect();
      }, 500);
    }
  };
  await connect();
  return {
    key,
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}
