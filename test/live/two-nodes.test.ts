import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ApiClient } from "../kit/api-client.ts";
import { createTestDatabase, type TestDatabase } from "../kit/database.ts";
import { startMigration, untilEnded } from "../kit/migration-flow.ts";
import { startServerProcess, type ServerProcess } from "../kit/server-process.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeWorld, until, uploadAndApply, type World } from "../kit/world.ts";
import { EventFollower } from "./event-follower.ts";

const people = Array.from(
  { length: 1_200 },
  (_value, index) => `p${index}@example.com,Person ${index},portal-only`,
);
const customers = ["email,name,account type", ...people].join("\r\n");

let database: TestDatabase;
let here: TestServer;
let there: ServerProcess;
let world: World;
let elsewhere: ApiClient;

beforeAll(async () => {
  database = await createTestDatabase();
  const slow = { REHOME_BATCH_SIZE: "10", REHOME_BATCH_PAUSE_MS: "15" };
  here = await startTestServer({ DATABASE_URL: database.url, ...slow });
  world = await makeWorld(here);
  await uploadAndApply(world.admin, world.source.id, customers, "CUSTOMERS");
  there = await startServerProcess({
    DATABASE_URL: database.url,
    REHOME_SECRET: "a secret for tests only, long enough",
    PORT: "0",
    ...slow,
  });
  // The same session on another node.
  elsewhere = new ApiClient(there.url, world.admin.cookie);
});

afterAll(async () => {
  await there?.end("SIGTERM");
  await here?.stop();
  await database?.drop();
});

describe("two nodes on one database", () => {
  it(
    "both tell the whole run, though their LISTEN connections are lost again and again",
    { timeout: 120_000 },
    async () => {
      const migrationId = await startMigration(world);
      const clients = [world.admin, elsewhere, elsewhere];
      const followers = clients.map(
        ({ url, cookie }) =>
          new EventFollower(
            migrationId,
            () => url,
            async () => cookie,
          ),
      );
      const snapshots = readSnapshots(elsewhere, migrationId);
      const ends = followers.map((follower) => follower.follow((type) => type.startsWith("COMPLETED")));
      let lost = 0;
      for (let round = 0; round < 4; round += 1) {
        await until(async () => (followers[1]?.seen.length ?? 0) > (round + 1) * 20);
        const { rows } = await here.pool.query<{ ended: boolean }>(
          "select pg_terminate_backend(pid) as ended from pg_stat_activity where application_name = 'rehome-live' and datname = current_database()",
        );
        lost += rows.filter(({ ended }) => ended).length;
      }
      expect(lost).toBeGreaterThanOrEqual(4);
      await Promise.all(ends);
      await untilEnded(world.admin, migrationId);
      const { rows } = await here.pool.query<{ last: number }>(
        "select last_sequence::int as last from migration where id = $1",
        [migrationId],
      );
      const last = rows[0]?.last ?? 0;
      expect(last).toBeGreaterThan(120);
      const whole = Array.from({ length: last }, (_value, index) => index + 1);
      for (const follower of followers) {
        expect(follower.seen).toEqual(whole);
        // Losing the LISTEN connection is the server's own trouble: no socket was closed for it.
        expect(follower.cuts).toEqual([]);
      }
      await until(async () => snapshots.seen.at(-1)?.sequence === last);
      await snapshots.stop();
      const { seen } = snapshots;
      expect(seen.map(({ sequence }) => sequence)).toEqual(
        seen.map(({ sequence }) => sequence).toSorted((a, b) => a - b),
      );
      // At most two a second: the span of n snapshots is at least (n - 1) halves of a second.
      const span = (seen.at(-1)?.at ?? 0) - (seen[0]?.at ?? 0);
      expect(seen.length - 1).toBeLessThanOrEqual(Math.ceil(span / 500));
      expect(seen.length).toBeLessThan(last / 2);
    },
  );
});

function readSnapshots(client: ApiClient, migrationId: string) {
  const socket = client.socket();
  const seen: { sequence: number; at: number }[] = [];
  socket.subscribe<{ migrationProgress: { sequence: number; at: string } }>(
    {
      query: "subscription Progress($id: ID!) { migrationProgress(migrationId: $id) { sequence at } }",
      variables: { id: migrationId },
    },
    {
      next: ({ data }) => {
        if (data != null) {
          seen.push({ sequence: data.migrationProgress.sequence, at: Date.parse(data.migrationProgress.at) });
        }
      },
      error: () => {},
      complete: () => {},
    },
  );
  return { seen, stop: async () => socket.dispose() };
}
