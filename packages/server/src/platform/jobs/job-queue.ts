import { PgBoss } from "pg-boss";
import type { Logger } from "../logging.ts";

/** Seconds without a sign of life after which a job of a dead process counts as failed; the least pg-boss takes. */
const heartbeatSeconds = 10;
/** Seconds a stop waits for jobs under way. */
const drainSeconds = 60;

/** Work that any process on the same database may take up. A job is a key: what is to be done stands in the tables. */
export interface JobQueue {
  /** Takes jobs of this name, at most `concurrency` at once in this process. */
  work(
    name: string,
    concurrency: number,
    handle: (key: string, jobId: string) => Promise<void>,
  ): Promise<void>;
  /** Asks for a job; one that waits already with this key is the same job. */
  send(name: string, key: string): Promise<void>;
  /** Takes no more jobs, waits for those under way. */
  stop(): Promise<void>;
}

/**
 * pg-boss on the product's own PostgreSQL: jobs arrive by LISTEN/NOTIFY, with a poll beneath it. Jobs are only
 * nudges; nothing depends on one being delivered exactly once.
 */
export async function openJobQueue(connectionString: string, logger: Logger): Promise<JobQueue> {
  const boss = new PgBoss({
    connectionString,
    application_name: "rehome-jobs",
    max: 4,
    useListenNotify: true,
    schedule: false,
    monitorIntervalSeconds: 5,
    superviseIntervalSeconds: 5,
    queueCacheIntervalSeconds: 30,
    monitorVacuum: false,
    reindex: false,
  });
  boss.on("error", (error) => logger.warn({ err: error }, "job queue lost its database, trying again"));
  await boss.start();
  const known = new Set<string>();
  const ensureQueue = async (name: string): Promise<void> => {
    if (!known.has(name)) {
      await boss.createQueue(name, {
        // One waiting job per key; an active one of a dead process never keeps a new one from starting.
        policy: "short",
        notify: true,
        retryLimit: 0,
        heartbeatSeconds,
        expireInSeconds: 24 * 60 * 60 - 1,
        deleteAfterSeconds: 600,
        retentionSeconds: 3600,
      });
      known.add(name);
    }
  };
  return {
    async work(name, concurrency, handle) {
      await ensureQueue(name);
      const options = {
        localConcurrency: concurrency,
        pollingIntervalSeconds: 1,
        notifyPollingIntervalSeconds: 2,
        heartbeatRefreshSeconds: 3,
      };
      await boss.work<{ key: string }>(name, options, async (jobs) => {
        for (const job of jobs) {
          await handle(job.data.key, job.id);
        }
      });
    },
    async send(name, key) {
      await ensureQueue(name);
      await boss.send(name, { key }, { singletonKey: key });
    },
    async stop() {
      await boss.stop({ graceful: true, close: true, timeout: drainSeconds * 1000 });
    },
  };
}
