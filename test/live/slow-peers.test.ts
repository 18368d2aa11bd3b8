import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import pg from "pg";
import WebSocket from "ws";
import { ApiClient } from "../kit/api-client.ts";
import { createTestDatabase, type TestDatabase } from "../kit/database.ts";
import { createMigration } from "../kit/migration-flow.ts";
import { startServerProcess, type ServerProcess } from "../kit/server-process.ts";
import { startTestServer } from "../kit/server.ts";
import { makeWorld } from "../kit/world.ts";
import { EventFollower } from "./event-follower.ts";

const peers = 50;
const events = 6_000;
const eventBytes = 4_096;
/** A whole, empty frame as a client sends it. */
const emptyPong = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);
const logBytes = events * eventBytes;

let database: TestDatabase;
let server: ServerProcess;
let admin: ApiClient;
let migrationId: string;
let pool: pg.Pool;

/** Adds events whose payloads have some thousand bytes each, all at once. */
async function append(count: number): Promise<void> {
  await pool.query(
    `with counted as (
       update migration set last_sequence = last_sequence + $2 where id = $1 returning id, last_sequence - $2 as before
     ), written as (
       insert into migration_event (migration_id, sequence, type, summary, payload)
       select id, before + number, 'BATCH_APPLIED', 'Rows', jsonb_build_object('filler', repeat('x', $3))
       from counted, generate_series(1, $2::int) as number
     ) select pg_notify('rehome_live', 'migration:' || $1::text)`,
    [migrationId, count, eventBytes],
  );
}

beforeAll(async () => {
  database = await createTestDatabase();
  const maker = await startTestServer({ DATABASE_URL: database.url });
  const world = await makeWorld(maker);
  migrationId = await createMigration(world);
  await maker.stop();
  pool = new pg.Pool({ connectionString: database.url, max: 2 });
  server = await startServerProcess({
    DATABASE_URL: database.url,
    REHOME_SECRET: "a secret for tests only, long enough",
    PORT: "0",
  });
  admin = new ApiClient(server.url, world.admin.cookie);
});

afterAll(async () => {
  await server?.end("SIGTERM");
  await pool?.end();
  await database?.drop();
});

/** Resident memory of the server in bytes. */
function memory(): number {
  const pages = readFileSync(`/proc/${server.pid}/statm`, "utf8").split(" ")[1];
  return Number(pages) * 4_096;
}

/** A peer that subscribes and then never reads again. Its socket says `closed` once the server has cut the line. */
async function openDeafPeer(query: string): Promise<{ closed: Promise<void>; terminate: () => void }> {
  const socket = new WebSocket(`${server.url.replace("http", "ws")}/graphql`, "graphql-transport-ws", {
    headers: { Cookie: admin.cookie },
  });
  const opened = new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  const stream = await new Promise<Socket>((resolve) => {
    socket.once("upgrade", (response) => resolve(response.socket));
  });
  await opened;
  socket.send(JSON.stringify({ type: "connection_init" }));
  await new Promise((resolve) => {
    socket.once("message", resolve);
  });
  socket.send(
    JSON.stringify({ id: "1", type: "subscribe", payload: { query, variables: { id: migrationId } } }),
  );
  stream.pause();
  socket.on("error", () => {});
  return {
    // Who never reads does not see the end of the line either: writing is what finds out.
    closed: new Promise((resolve) => {
      const timer = setInterval(() => stream.write(emptyPong), 200);
      stream.once("close", () => {
        clearInterval(timer);
        resolve();
      });
    }),
    terminate: () => socket.terminate(),
  };
}

const shared = "subscription Events($id: ID!) { migrationEvents(migrationId: $id) { sequence payload } }";

describe("peers that never read", () => {
  it(
    "do not make the server grow, are cut off, and can take up where they were",
    { timeout: 180_000 },
    async () => {
      await append(events);
      // Once with somebody who reads, so that memory for reading the log is taken already.
      const reader = await readAll(events);
      expect(reader.length).toBe(events + 1);
      const before = memory();
      const deaf = await Promise.all(Array.from({ length: peers }, () => openDeafPeer(shared)));
      let most = 0;
      const watch = setInterval(() => {
        most = Math.max(most, memory() - before);
      }, 50);
      await append(100);
      await Promise.all(deaf.map(({ closed }) => closed));
      clearInterval(watch);
      // Everything for everybody would be over a gigabyte.
      expect(peers * logBytes).toBeGreaterThan(1e9);
      expect(most).toBeLessThan(200e6);
      const all = await readAll(events + 100);
      expect(all).toEqual(Array.from({ length: events + 101 }, (_value, index) => index + 1));
      deaf.forEach(({ terminate }) => terminate());
    },
  );
});

/** Reads the log until it has this many events after the first. */
async function readAll(count: number): Promise<number[]> {
  const follower = new EventFollower(
    migrationId,
    () => server.url,
    async () => admin.cookie,
  );
  await follower.follow(() => follower.seen.length > count);
  return follower.seen;
}
