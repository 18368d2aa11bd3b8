import { afterAll, beforeAll, expect, it } from "vitest";
import type { ApiClient } from "../kit/api-client.ts";
import {
  createMigration,
  decide,
  planMigration,
  startMigration,
  stateOf,
  untilEnded,
} from "../kit/migration-flow.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeWorld, until, uploadAndApply, type World } from "../kit/world.ts";

interface Estimate {
  low: number | null;
  high: number | null;
  basis: string;
  includesProof: boolean;
}

interface Outlook {
  estimate: Estimate | null;
  estimateScore: { made: number; held: number; meanErrorPercent: number | null } | null;
  progress: { processed: number; estimate: Estimate | null; etaSecondsHigh: number | null };
}

let server: TestServer;
let world: World;

async function outlook(client: ApiClient, id: string): Promise<Outlook> {
  const { migration } = await client.query<{ migration: Outlook }>(
    `query Outlook($id: ID!) { migration(id: $id) {
       estimate { low high basis includesProof madeAt } estimateScore { made held meanErrorPercent }
       progress { processed etaSecondsHigh estimate { low high basis includesProof } }
     } }`,
    { id },
  );
  return migration;
}

beforeAll(async () => {
  server = await startTestServer({ REHOME_BATCH_SIZE: "10", REHOME_BATCH_PAUSE_MS: "10" });
  world = await makeWorld(server, "Guess");
  const rows = Array.from({ length: 400 }, (_value, index) => `p${index}@guess.example,P,portal-only`);
  await uploadAndApply(
    world.admin,
    world.source.id,
    ["email,name,account type", ...rows].join("\r\n"),
    "CUSTOMERS",
  );
});

afterAll(async () => {
  await server?.stop();
});

it("nothing is foretold before anything was measured; then the run's batches tell, and the next plan by them", async () => {
  const { admin } = world;
  const unmeasured = await createMigration(world);
  await planMigration(admin, unmeasured);
  expect((await outlook(admin, unmeasured)).estimate).toMatchObject({
    low: null,
    high: null,
    basis: expect.stringContaining("Nothing was measured"),
  });
  await decide(admin, "cancelMigration", unmeasured);

  const id = await startMigration(world);
  await until(async () => (await outlook(admin, id)).progress.processed >= 50);
  await decide(admin, "pauseMigration", id);
  const paused = await outlook(admin, id);
  expect(paused.estimate?.basis).toContain("batches of this run");
  expect(paused.estimate?.low).toBeLessThan(paused.estimate?.high ?? 0);
  expect(paused.estimate?.includesProof).toBe(false);
  // Nothing is on its way to an end while it is paused.
  expect(paused.progress.etaSecondsHigh).toBeNull();
  await decide(admin, "resumeMigration", id);
  expect(await untilEnded(admin, id)).toBe("COMPLETED");

  const ended = await outlook(admin, id);
  expect(ended.estimate).toBeNull();
  const { rows } = await server.pool.query<{ kept: number; held: number; open: number }>(
    `select count(*)::int as kept, count(*) filter (where held)::int as held,
       count(*) filter (where actual_seconds is null)::int as open from migration_estimate where migration_id = $1`,
    [id],
  );
  const [kept] = rows;
  expect(kept?.kept).toBeGreaterThan(5);
  expect(kept?.kept).toBeLessThanOrEqual(21);
  expect(kept?.open).toBe(0);
  expect(ended.estimateScore).toMatchObject({ made: kept?.kept, held: kept?.held });

  const next = await createMigration(world);
  await planMigration(admin, next);
  const { estimate } = await outlook(admin, next);
  expect(estimate?.basis).toBe("1 earlier run of 400 rows on this installation");
  expect(estimate?.includesProof).toBe(true);
  expect(estimate?.high).toBeGreaterThan(estimate?.low ?? Infinity);
  expect(await stateOf(admin, next)).toBe("PLANNED");
});
