import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { poolOf } from "../../packages/server/src/database.ts";
import { startTestServer } from "../kit/server.ts";
import { digestTour, makeCrashWorld, type CrashWorld } from "./crash-world.ts";
import { FailingConnection, type FaultMode } from "./failing-connection.ts";
import { insist } from "./insist.ts";
import { takeTour } from "./tour.ts";

const environment = { REHOME_BATCH_SIZE: "1000", LOG_LEVEL: "silent" };

describe("the connection breaks at the n-th statement of a tour", () => {
  let prepared: CrashWorld;
  let undisturbed: Record<string, string[]>;

  /** One tour with a fault; whether the fault was reached. */
  async function tourWithFault(n: number, mode: FaultMode): Promise<{ reached: boolean; failed: string }> {
    const database = await prepared.copy();
    const server = await startTestServer({ ...environment, DATABASE_URL: database.url });
    const admin = await server.signIn("admin@acme.example");
    const line = new FailingConnection(await poolOf(server.database));
    line.arm(n, mode);
    await takeTour(
      (work) => insist(() => work(admin)),
      prepared.world,
      database.url,
      `sweep-${mode}-${n}`,
      false,
    );
    const { failed } = line;
    line.arm(0, mode);
    await server.stop();
    const digest = await digestTour(database.url);
    await database.drop();
    expect(digest, `${mode} statement ${n}: ${failed}`).toEqual(undisturbed);
    return { reached: failed !== undefined, failed: failed ?? "" };
  }

  beforeAll(async () => {
    prepared = await makeCrashWorld();
    const database = await prepared.copy();
    const calm = await startTestServer({ ...environment, DATABASE_URL: database.url });
    const admin = await calm.signIn("admin@acme.example");
    await takeTour((work) => work(admin), prepared.world, database.url, "calm-tour", false);
    await calm.stop();
    undisturbed = await digestTour(database.url);
    await database.drop();
  });

  afterAll(async () => {
    await prepared?.drop();
  });

  it.each<FaultMode>(["before", "after"])(
    "%s it, for n = 1, 2, … until a tour goes through untouched: the same tables and log each time",
    async (mode) => {
      let n = 1;
      while ((await tourWithFault(n, mode)).reached) {
        n += 1;
      }
      process.stderr.write(`${n - 1} statements failed ${mode} they were done\n`);
      expect(n).toBeGreaterThan(20);
    },
    900_000,
  );
});
