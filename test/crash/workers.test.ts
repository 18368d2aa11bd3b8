import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ApiClient } from "../kit/api-client.ts";
import { withClient } from "../kit/database.ts";
import { startTestServer } from "../kit/server.ts";
import { until } from "../kit/world.ts";
import { digestTour, makeCrashWorld, type CrashWorld } from "./crash-world.ts";
import { startProcess, type Started } from "./restarting-server.ts";
import { takeTour } from "./tour.ts";

const slow = { REHOME_BATCH_PAUSE_MS: "150" };

/** The pid in the name of the worker that holds the lease of a run, once it has applied some batches. */
async function driverOf(databaseUrl: string, batches: number): Promise<number> {
  let pid = 0;
  await until(async () =>
    withClient(databaseUrl, async (client) => {
      const { rows } = await client.query<{ worker: string }>(
        `select l.worker from migration_lease l join migration m on m.id = l.migration_id
         where m.state = 'RUNNING' and l.expires_at > clock_timestamp()
           and (select count(*) from migration_event e where e.migration_id = m.id and e.type = 'BATCH_APPLIED') >= $1`,
        [batches],
      );
      pid = Number(rows[0]?.worker.split("-").at(-2) ?? 0);
      return pid !== 0;
    }),
  );
  return pid;
}

/** Milliseconds on the database's clock from now to the next batch that commits. */
async function untilNextBatch(databaseUrl: string): Promise<number> {
  return withClient(databaseUrl, async (client) => {
    const started = await client.query<{ at: Date; sequence: string }>(
      `select clock_timestamp() as at, coalesce(max(sequence), 0) as sequence from migration_event where type = 'BATCH_APPLIED'`,
    );
    const { at, sequence } = started.rows[0] ?? { at: new Date(), sequence: "0" };
    let waited = 0;
    await until(async () => {
      const { rows } = await client.query<{ at: Date }>(
        `select min(at) as at from migration_event where type = 'BATCH_APPLIED' and sequence > $1`,
        [sequence],
      );
      const next = rows[0]?.at;
      if (next instanceof Date) {
        waited = next.getTime() - at.getTime();
        return true;
      }
      return false;
    }, 60);
    return waited;
  });
}

describe("two workers beside a server that only serves", () => {
  let prepared: CrashWorld;
  let undisturbed: Record<string, string[]>;

  beforeAll(async () => {
    prepared = await makeCrashWorld();
    const database = await prepared.copy();
    const calm = await startTestServer({ DATABASE_URL: database.url, REHOME_BATCH_SIZE: "5" });
    const admin = new ApiClient(calm.url, prepared.world.admin.cookie);
    await takeTour((work) => work(admin), prepared.world, database.url, "calm-tour");
    await calm.stop();
    undisturbed = await digestTour(database.url);
    await database.drop();
  });

  afterAll(async () => {
    await prepared?.drop();
  });

  /** Takes a tour with two workers and disturbs the one that drives the run. */
  async function disturb(how: (driver: Started, databaseUrl: string) => Promise<void>): Promise<void> {
    const database = await prepared.copy();
    const server = await startProcess("serve", { DATABASE_URL: database.url, REHOME_ENGINE: "off" });
    const workers = await Promise.all(
      [1, 2].map(() => startProcess("worker", { DATABASE_URL: database.url, ...slow })),
    );
    try {
      const admin = new ApiClient(server.url, prepared.world.admin.cookie);
      const tour = takeTour((work) => work(admin), prepared.world, database.url, "two-workers");
      const disturbed = driverOf(database.url, 3).then(async (pid) => {
        const driver = workers.find(({ child }) => child.pid === pid);
        if (driver === undefined) {
          throw new Error(`No worker has pid ${pid}`);
        }
        await how(driver, database.url);
      });
      await Promise.all([tour, disturbed]);
      expect(await digestTour(database.url)).toEqual(undisturbed);
    } finally {
      for (const { child, ended } of [...workers, server]) {
        child.kill("SIGKILL");
        await ended;
      }
      await database.drop();
    }
  }

  it("one is killed with -9: the other takes over within 30 seconds", async () => {
    await disturb(async ({ child, ended }, databaseUrl) => {
      child.kill("SIGKILL");
      await ended;
      const waited = await untilNextBatch(databaseUrl);
      process.stderr.write(`taken over after ${waited} ms\n`);
      expect(waited).toBeLessThan(30_000);
    });
  });

  it("one is stopped for 30 seconds and goes on: it finds its lease lost and writes nothing", async () => {
    await disturb(async ({ child }, databaseUrl) => {
      child.kill("SIGSTOP");
      const waited = await untilNextBatch(databaseUrl);
      process.stderr.write(`taken over from a stopped worker after ${waited} ms\n`);
      expect(waited).toBeLessThan(30_000);
      await new Promise((resolve) => {
        setTimeout(resolve, 30_000 - waited);
      });
      child.kill("SIGCONT");
    });
  });

  it("one is told to stop: it finishes its batch and the other goes on without waiting for a lease", async () => {
    await disturb(async ({ child, ended }, databaseUrl) => {
      child.kill("SIGTERM");
      expect(await ended).toBeNull();
      expect(child.exitCode).toBe(0);
      const left = await withClient(databaseUrl, (client) =>
        client.query("select 1 from migration_lease where worker like $1", [`%-${child.pid}-%`]),
      );
      expect(left.rows).toEqual([]);
    });
  });
});
