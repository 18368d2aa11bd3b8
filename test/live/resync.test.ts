import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient } from "../kit/api-client.ts";
import { createMigration } from "../kit/migration-flow.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeWorld, type World } from "../kit/world.ts";

const written = 1_200;
const firstKept = 401;

let server: TestServer;
let world: World;
let migrationId: string;

interface Answer {
  numbers: number[];
  error: Record<string, unknown> | null;
}

/** Follows until `count` events or an error have come. */
async function follow(client: ApiClient, after: number, count: number, id = migrationId): Promise<Answer> {
  const socket = client.socket();
  const numbers: number[] = [];
  const events = socket.iterate<{ migrationEvents: { sequence: number } }>({
    query: `subscription Events($id: ID!, $after: Int!) { migrationEvents(migrationId: $id, afterSequence: $after) { sequence } }`,
    variables: { id, after },
  });
  let error: Answer["error"] = null;
  for await (const { data, errors } of events) {
    if (errors !== undefined) {
      error = { message: errors[0]?.message, ...errors[0]?.extensions };
      break;
    }
    numbers.push(data?.migrationEvents.sequence ?? 0);
    if (numbers.length >= count) {
      break;
    }
  }
  await socket.dispose();
  return { numbers, error };
}

async function append(count: number): Promise<void> {
  await server.pool.query(
    `with counted as (
       update migration set last_sequence = last_sequence + $2 where id = $1 returning id, last_sequence - $2 as before
     ), written as (
       insert into migration_event (migration_id, sequence, type, summary, payload)
       select id, before + number, 'BATCH_APPLIED', 'Rows', '{}' from counted, generate_series(1, $2::int) as number
     ) select pg_notify('rehome_live', 'migration:' || $1::text)`,
    [migrationId, count],
  );
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_value, index) => from + index);

beforeAll(async () => {
  server = await startTestServer({}, { I11: "events are written by hand, without moving the migration" });
  world = await makeWorld(server);
  migrationId = await createMigration(world);
  await append(written - 1);
  await server.pool.query(
    `with kept as (update migration set first_kept_sequence = $2 where id = $1)
     delete from migration_event where migration_id = $1 and sequence < $2`,
    [migrationId, firstKept],
  );
});
afterAll(async () => {
  await server?.stop();
});

describe("afterSequence", () => {
  it("before the oldest kept event is told to resync, with the numbers to go on from", async () => {
    for (const after of [0, 1, firstKept - 2]) {
      const { numbers, error } = await follow(world.admin, after, 1);
      expect(numbers).toEqual([]);
      expect(error).toEqual({
        message: `Events after ${after} are no longer kept: the oldest is 401. Read the migration again, then follow its events after 1200, or after 400 for all that are kept.`,
        code: "RESYNC",
        oldestSequence: firstKept,
        newestSequence: written,
      });
    }
  });

  it("after the newest event is told so", async () => {
    const { error } = await follow(world.admin, written + 1, 1);
    expect(error).toEqual({
      message:
        "There is no event 1201: the newest is 1200. Read the migration again, then follow its events after 1200, or after 400 for all that are kept.",
      code: "RESYNC",
      oldestSequence: firstKept,
      newestSequence: written,
    });
  });

  it.each([
    ["right before the oldest", firstKept - 1],
    ["inside", 900],
    ["before the newest", written - 1],
  ])("%s gives everything that came after", async (_name, after) => {
    const { numbers, error } = await follow(world.admin, after, written - after);
    expect(error).toBeNull();
    expect(numbers).toEqual(range(after + 1, written));
  });

  it("as it was told leads on to what comes next", async () => {
    const { error } = await follow(world.admin, 7, 1);
    const after = Number(error?.newestSequence);
    const following = follow(world.admin, after, 3);
    const all = follow(world.admin, Number(error?.oldestSequence) - 1, written - firstKept + 1 + 3);
    await append(3);
    expect((await following).numbers).toEqual(range(after + 1, after + 3));
    expect((await all).numbers).toEqual(range(firstKept, after + 3));
  });

  it("says nothing about another organization's log", async () => {
    const stranger = (await makeWorld(server, "Other")).admin;
    const answers = [
      await follow(stranger, 0, 1),
      await follow(stranger, 5_000, 1),
      await follow(stranger, 0, 1, "01900000-0000-7000-8000-00000000dead"),
    ];
    expect(new Set(answers.map(({ error }) => JSON.stringify(error)))).toHaveLength(1);
    expect(answers[0]?.error?.code).toBe("NOT_FOUND");
  });
});
