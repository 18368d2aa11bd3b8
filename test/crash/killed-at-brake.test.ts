import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addBrakePeople,
  brakesOf,
  countedItemsSql,
  releaseBrake,
  setBrakeLimits,
} from "../kit/brake-flow.ts";
import { approveMigration, createMigration, decide, stateOf, untilEnded } from "../kit/migration-flow.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeWorld, until, type World } from "../kit/world.ts";
import { startProcess, type Started } from "./restarting-server.ts";

let server: TestServer;
let world: World;
let last: Started | undefined;

async function startWorker(crashpoint = ""): Promise<Started> {
  return startProcess("worker", {
    DATABASE_URL: server.pool.options.connectionString ?? "",
    REHOME_BATCH_SIZE: "10",
    REHOME_BATCHES_AT_ONCE: "3",
    REHOME_CRASHPOINT: crashpoint,
  });
}

async function countOf(
  id: string,
): Promise<{ brakes: object; items: object; tripped: number; gaps: number }> {
  const brakes = Object.values(await brakesOf(world.admin, id));
  const items = await server.pool.query<object>(countedItemsSql, [id]);
  const log = await server.pool.query<{ tripped: number; gaps: number }>(
    `select count(*) filter (where type = 'BRAKE_TRIPPED')::int as tripped,
       (max(sequence) - count(*))::int as gaps from migration_event where migration_id = $1`,
    [id],
  );
  return {
    brakes: Object.fromEntries(brakes.map(({ brake, counted }) => [brake, counted])),
    items: items.rows[0] ?? {},
    tripped: log.rows[0]?.tripped ?? -1,
    gaps: log.rows[0]?.gaps ?? -1,
  };
}

beforeAll(async () => {
  server = await startTestServer({ REHOME_ENGINE: "off" });
  world = await makeWorld(server, "Crash");
  await addBrakePeople(world, "crash.example");
  await setBrakeLimits(world.admin, world.organizationId, [{ brake: "MERGES", percent: 10, leastPeople: 5 }]);
});

afterAll(async () => {
  last?.child.kill("SIGTERM");
  await last?.ended;
  await server?.stop();
});

describe("workers killed with -9 around a brake", () => {
  it("leave one trip, whole batches, and counts that equal the items", { timeout: 240_000 }, async () => {
    const { admin } = world;
    const id = await createMigration(world);
    await decide(admin, "planMigration", id);
    const planner = await startWorker();
    await until(async () => (await stateOf(admin, id)) === "PLANNED");
    planner.child.kill("SIGKILL");
    await planner.ended;
    const { migration } = await admin.query<{ migration: { plan: { fingerprint: string } } }>(
      "query Plan($id: ID!) { migration(id: $id) { plan { fingerprint } } }",
      { id },
    );
    await approveMigration(admin, id, migration.plan.fingerprint, world.destination.name);
    await decide(admin, "startMigration", id);
    // In a recorded batch, after the batch was taken back, and in the transaction that pauses the run.
    for (const label of ["batch.recorded:3", "brakes.passed", "brakes.tripped"]) {
      expect(await (await startWorker(label)).ended).toBe("SIGKILL");
      const counts = await countOf(id);
      expect(counts).toMatchObject({ tripped: 0, gaps: 0 });
      expect(counts.brakes).toEqual(counts.items);
      expect(await stateOf(admin, id)).toBe("RUNNING");
    }
    expect(await (await startWorker("brakes.committed")).ended).toBe("SIGKILL");
    expect(await stateOf(admin, id)).toBe("PAUSED");
    const held = await countOf(id);
    expect(held).toMatchObject({ tripped: 1, gaps: 0 });
    expect(held.brakes).toEqual(held.items);

    await releaseBrake(admin, id, "MERGES", "They are ours");
    expect(await (await startWorker("batch.committed:2")).ended).toBe("SIGKILL");
    last = await startWorker();
    expect(await untilEnded(admin, id)).toBe("COMPLETED_WITH_ATTENTION");
    const ended = await countOf(id);
    expect(ended).toMatchObject({
      tripped: 1,
      gaps: 0,
      brakes: { LOSSES: 20, MERGES: 40, NEW_SEATS: 40, FAILURES: 0, DUPLICATES: 20 },
    });
    expect(ended.brakes).toEqual(ended.items);
  });
});
