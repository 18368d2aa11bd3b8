import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient } from "../kit/api-client.ts";
import { startMigration, untilEnded } from "../kit/migration-flow.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeWorld, uploadAndApply, type World } from "../kit/world.ts";

let server: TestServer;
let world: World;

const people = Array.from(
  { length: 1_000 },
  (_value, index) => `person${index}@example.com,Person ${index},portal-only`,
);
const customers = ["email,name,account type", ...people].join("\r\n");

/** Reads events after a number until the run's COMPLETED or until `stopAfter` of them came; then cuts the socket. */
async function follow(
  client: ApiClient,
  migrationId: string,
  afterSequence: number,
  stopAfter = Infinity,
): Promise<number[]> {
  const socket = client.socket();
  const seen: number[] = [];
  const events = socket.iterate<{ migrationEvents: { sequence: number; type: string } }>({
    query: `subscription Events($id: ID!, $after: Int!) { migrationEvents(migrationId: $id, afterSequence: $after) { sequence type } }`,
    variables: { id: migrationId, after: afterSequence },
  });
  try {
    for await (const { data } of events) {
      const event = data?.migrationEvents;
      if (event === undefined) {
        break;
      }
      seen.push(event.sequence);
      if (event.type === "COMPLETED") {
        break;
      }
      if (seen.length >= stopAfter) {
        // The line goes dead without a goodbye; the iteration then ends with the close event.
        socket.terminate();
      }
    }
  } catch (error) {
    if (seen.length < stopAfter) {
      throw error;
    }
  }
  await socket.dispose();
  // What was still in flight when the line went dead counts as not received.
  return seen.slice(0, stopAfter);
}

beforeAll(async () => {
  server = await startTestServer({ REHOME_BATCH_SIZE: "10", REHOME_BATCH_PAUSE_MS: "10" });
  world = await makeWorld(server);
  await uploadAndApply(world.admin, world.source.id, customers, "CUSTOMERS");
});

afterAll(async () => {
  await server?.stop();
});

describe("events of a run", () => {
  it("reach a subscriber whose socket is cut again and again, each exactly once and in order", async () => {
    const migrationId = await startMigration(world);
    const seen: number[] = [];
    for (let cut = 0; cut < 12; cut += 1) {
      seen.push(...(await follow(world.admin, migrationId, seen.at(-1) ?? 0, 7)));
    }
    seen.push(...(await follow(world.admin, migrationId, seen.at(-1) ?? 0)));
    expect(seen).toEqual(seen.map((_sequence, index) => index + 1));
    expect(seen.length).toBeGreaterThan(100);
    const { rows } = await server.pool.query<{ count: number; max: number }>(
      "select count(*)::int as count, max(sequence)::int as max from migration_event where migration_id = $1",
      [migrationId],
    );
    expect(rows[0]).toEqual({ count: seen.length, max: seen.length });
  });

  it("replay whole for somebody who comes when all is over", async () => {
    const { rows } = await server.pool.query<{ id: string }>("select id from migration limit 1");
    const id = rows[0]?.id ?? "";
    await untilEnded(world.admin, id);
    const seen = await follow(world.admin, id, 0);
    expect(seen[0]).toBe(1);
    expect(seen).toEqual(seen.map((_sequence, index) => index + 1));
  });

  it("are not for strangers: a foreign migration answers like one that does not exist", async () => {
    const stranger = (await makeWorld(server, "Other")).admin;
    const { rows } = await server.pool.query<{ id: string }>("select id from migration limit 1");
    const answers = await Promise.all(
      [rows[0]?.id ?? "", "01900000-0000-7000-8000-000000000000"].map((id) => firstAnswer(stranger, id)),
    );
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]).toContain("NOT_FOUND");
  });

  it("stop when the session ends", async () => {
    const watcher = await server.signIn("admin@acme.example");
    const { rows } = await server.pool.query<{ id: string }>("select id from migration limit 1");
    const socket = watcher.socket();
    const events = socket.iterate({
      query: `subscription Events($id: ID!) { migrationEvents(migrationId: $id) { sequence } }`,
      variables: { id: rows[0]?.id },
    });
    const closed = (async () => {
      for await (const _event of events) {
        // Only the end matters here.
      }
    })().then(
      () => ({ code: 0 }),
      (error: unknown) => error as { code: number },
    );
    await watcher.fetch("/api/auth/sign-out", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{}",
    });
    expect((await closed).code).toBe(4401);
    await socket.dispose();
  });
});

async function firstAnswer(client: ApiClient, id: string): Promise<string> {
  const socket = client.socket();
  try {
    const events = socket.iterate({
      query: `subscription Events($id: ID!) { migrationEvents(migrationId: $id) { sequence } }`,
      variables: { id },
    });
    const first = await events.next();
    return JSON.stringify(first.value);
  } catch (error) {
    return JSON.stringify(error);
  } finally {
    await socket.dispose();
  }
}
