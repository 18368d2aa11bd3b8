import { afterAll, beforeAll, expect, it } from "vitest";
import { poolOf } from "../../packages/server/src/database.ts";
import { ApiClient } from "../kit/api-client.ts";
import { startTestServer } from "../kit/server.ts";
import { digestTour, makeCrashWorld, type CrashWorld } from "./crash-world.ts";
import { FailingConnection, type FaultMode } from "./failing-connection.ts";
import { insist } from "./insist.ts";
import { takeTour } from "./tour.ts";

const lanes = 3;
const environment = { REHOME_BATCH_SIZE: "1000", LOG_LEVEL: "silent" };

/** Declares the sweep of one mode; each mode is a file of its own, so that both run side by side. */
export function sweepStatements(mode: FaultMode): void {
  let prepared: CrashWorld;
  let undisturbed: Record<string, string[]>;

  /** One tour on a copy of the world, its n-th statement failing; 0 for none. The statement that failed, if one did. */
  async function tourWithFault(
    n: number,
  ): Promise<{ failed: string | undefined; digest: Record<string, string[]> }> {
    const database = await prepared.copy();
    const server = await startTestServer({ ...environment, DATABASE_URL: database.url });
    const admin = new ApiClient(server.url, prepared.world.admin.cookie);
    const line = new FailingConnection(await poolOf(server.database));
    line.arm(n, mode);
    const key = `sweep-${mode}-${n}`;
    await takeTour((work) => insist(() => work(admin)), prepared.world, database.url, key, false);
    const { failed } = line;
    line.arm(0, mode);
    await server.stop();
    const digest = await digestTour(database.url);
    await database.drop();
    return { failed, digest };
  }

  beforeAll(async () => {
    prepared = await makeCrashWorld();
    const calm = await tourWithFault(0);
    expect(calm.failed).toBeUndefined();
    undisturbed = calm.digest;
  });

  afterAll(async () => {
    await prepared?.drop();
  });

  it(`${mode} it, for n = 1, 2, … until a tour goes through untouched: the same tables and log each time`, async () => {
    let next = 1;
    const failures: string[] = [];
    // A tour waits about half of the time, so a few are on their way at once, each on databases of its own.
    const lane = async (): Promise<void> => {
      for (;;) {
        const n = next;
        next += 1;
        const { failed, digest } = await tourWithFault(n);
        expect(digest, `${mode} statement ${n}: ${failed}`).toEqual(undisturbed);
        if (failed === undefined) {
          return;
        }
        failures.push(failed);
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    process.stderr.write(`${failures.length} statements failed ${mode} they were done\n`);
    expect(failures.length).toBeGreaterThan(20);
  }, 1_800_000);
}
