import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordCrashpoints } from "../../packages/server/src/platform/crashpoint.ts";
import { ApiClient } from "../kit/api-client.ts";
import { startTestServer } from "../kit/server.ts";
import { digestTour, makeCrashWorld, type CrashWorld } from "./crash-world.ts";
import { RestartingServer } from "./restarting-server.ts";
import { takeTour } from "./tour.ts";

const rounds = 3;

describe("a process killed with -9 at every crashpoint", () => {
  let prepared: CrashWorld;
  let undisturbed: Record<string, string[]>;
  const labels = new Set<string>();

  beforeAll(async () => {
    prepared = await makeCrashWorld();
    const database = await prepared.copy();
    const calm = await startTestServer({ DATABASE_URL: database.url, REHOME_BATCH_SIZE: "5" });
    recordCrashpoints(labels);
    const admin = new ApiClient(calm.url, prepared.world.admin.cookie);
    await takeTour((work) => work(admin), prepared.world, database.url, "calm-tour");
    recordCrashpoints(undefined);
    await calm.stop();
    undisturbed = await digestTour(database.url);
    await database.drop();
  });

  afterAll(async () => {
    await prepared?.drop();
  });

  it("passes at least 40 crashpoints in a tour", () => {
    process.stderr.write(`${labels.size} crashpoints, ${rounds} kills at each\n`);
    expect(labels.size).toBeGreaterThanOrEqual(40);
  });

  // Side by side: each round has databases and servers of its own.
  it.concurrent.for(Array.from({ length: rounds }, (_value, round) => round + 1))(
    "round %i: dies at each of them and leaves what an undisturbed tour leaves",
    { timeout: 1_800_000 },
    async (round, { onTestFinished }) => {
      let left = [...labels];
      while (left.length > 0) {
        const database = await prepared.copy();
        const server = new RestartingServer(database.url, left, prepared.world.admin.cookie);
        onTestFinished(() => server.stop());
        await takeTour(
          (work) => server.call(work),
          prepared.world,
          database.url,
          `round-${round}-${left.length}`,
        );
        await server.stop();
        expect(await digestTour(database.url)).toEqual(undisturbed);
        await database.drop();
        const before = left.length;
        left = left.filter((label) => !server.died.includes(label));
        expect(left.length, `no further label of ${left.join(", ")} was reached`).toBeLessThan(before);
      }
    },
  );
});
