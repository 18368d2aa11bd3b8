import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { ApiClient } from "../kit/api-client.ts";
import { startTestServer } from "../kit/server.ts";
import { digestTour, makeCrashWorld, type CrashWorld } from "./crash-world.ts";
import { RestartingServer } from "./restarting-server.ts";
import { takeTour } from "./tour.ts";

const kills = 50;

describe("a process killed with -9 at random moments", () => {
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

  it(`${kills} times: nothing is lost and nothing is done twice`, async () => {
    let done = 0;
    for (let tour = 0; done < kills; tour += 1) {
      const database = await prepared.copy();
      const server = new RestartingServer(database.url, [], prepared.world.admin.cookie);
      onTestFinished(() => server.stop());
      let over = false;
      const killing = (async () => {
        while (!over && done < kills) {
          await new Promise((resolve) => {
            setTimeout(resolve, 100 + Math.random() * 900);
          });
          if (!over && server.isServing) {
            await server.kill();
            done += 1;
          }
        }
      })();
      await takeTour((work) => server.call(work), prepared.world, database.url, `random-tour-${tour}`);
      over = true;
      await killing;
      await server.stop();
      expect(await digestTour(database.url)).toEqual(undisturbed);
      await database.drop();
    }
  }, 1_800_000);
});
