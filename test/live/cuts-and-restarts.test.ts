import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ApiClient } from "../kit/api-client.ts";
import { createTestDatabase, type TestDatabase } from "../kit/database.ts";
import { startMigration } from "../kit/migration-flow.ts";
import { startServerProcess, type ServerProcess } from "../kit/server-process.ts";
import { startTestServer, testPassword } from "../kit/server.ts";
import { makePerson, makeWorld, until, uploadAndApply, type World } from "../kit/world.ts";
import { EventFollower } from "./event-follower.ts";

const followers = 4;
const clientCuts = 15;
const serverCuts = 10;
const batches = 600;
const secret = "a secret for tests only, long enough";
const people = Array.from(
  { length: batches },
  (_value, index) => `p${index}@example.com,Person ${index},portal-only`,
);

describe("a run of many batches, its followers cut off a hundred times and its server restarted twice", () => {
  let database: TestDatabase;
  let world: World;
  let running: ServerProcess;
  let pool: pg.Pool;

  const start = (): Promise<ServerProcess> =>
    startServerProcess({
      DATABASE_URL: database.url,
      REHOME_SECRET: secret,
      REHOME_BATCH_SIZE: "1",
      REHOME_BATCH_PAUSE_MS: "15",
      REHOME_SIGN_INS_PER_MINUTE: "10000",
      PORT: "0",
    });

  beforeAll(async () => {
    database = await createTestDatabase();
    const maker = await startTestServer({ DATABASE_URL: database.url });
    world = await makeWorld(maker);
    await uploadAndApply(
      world.admin,
      world.source.id,
      ["email,name,account type", ...people].join("\r\n"),
      "CUSTOMERS",
    );
    for (let index = 0; index < followers; index += 1) {
      const role = { role: "ORGANIZATION_ADMIN", organizationId: world.organizationId } as const;
      await makePerson(maker, `follower${index}@acme.example`, [role]);
    }
    await maker.stop();
    pool = new pg.Pool({ connectionString: database.url, max: 2 });
    running = await start();
  });

  afterAll(async () => {
    await running?.end("SIGTERM");
    await pool?.end();
    await database?.drop();
  });

  it("reaches each of them whole, in order and without a repeat", { timeout: 240_000 }, async () => {
    const admin = await ApiClient.signIn(running.url, "admin@acme.example", testPassword);
    const migrationId = await startMigration({ ...world, admin });
    const all = Array.from({ length: followers }, (_value, index) => makeFollower(index, migrationId));
    const ends = all.map(({ follower }) => follower.follow((type) => type.startsWith("COMPLETED")));
    const progress = async (share: number): Promise<void> =>
      until(async () => {
        const { rows } = await pool.query<{ done: boolean }>(
          "select applied_ordinal >= total_items * $2::float as done from migration where id = $1 and total_items > 0",
          [migrationId, share],
        );
        return rows[0]?.done === true;
      }, 120);
    await progress(0.3);
    await running.end("SIGKILL");
    running = await start();
    await progress(0.7);
    await running.end("SIGTERM");
    running = await start();
    await Promise.all(ends);
    const { rows } = await pool.query<{ count: number; last: number; kept: number }>(
      `select count(*)::int as count, max(sequence)::int as last, (select last_sequence::int from migration where id = $1) as kept
       from migration_event where migration_id = $1`,
      [migrationId],
    );
    const count = rows[0]?.count ?? 0;
    expect(rows[0]).toEqual({ count, last: count, kept: count });
    expect(count).toBeGreaterThan(500);
    const whole = Array.from({ length: count }, (_value, index) => index + 1);
    for (const { follower } of all) {
      expect(follower.seen).toEqual(whole);
    }
    // Cuts of living lines only, a hundred: what failed while no server was up does not count.
    for (const { follower } of all) {
      expect(follower.ownCuts).toBeGreaterThanOrEqual(clientCuts);
      expect(endedSessions(follower)).toBeGreaterThanOrEqual(serverCuts);
    }
  });

  /** Cuts itself off, and has its session ended under it, every few events until all cuts are made. */
  function makeFollower(index: number, migrationId: string): { follower: EventFollower } {
    const email = `follower${index}@acme.example`;
    let client: ApiClient | undefined;
    let attempts = 0;
    let ended = 0;
    const endSession = async (): Promise<void> => {
      await pool.query(
        "delete from auth_session s using auth_user u where u.id = s.user_id and u.email = $1",
        [email],
      );
      client = undefined;
    };
    const follower = new EventFollower(
      migrationId,
      () => running.url,
      async () => {
        attempts += 1;
        client ??= await signIn(email);
        if (attempts % 2 === 0 && ended < serverCuts) {
          setTimeout(() => void endSession(), 200);
        } else {
          follower.cutAfter(5 + index);
        }
        ended = endedSessions(follower);
        if (follower.ownCuts >= clientCuts && ended >= serverCuts) {
          follower.cutAfter(Infinity);
        }
        return client.cookie;
      },
    );
    return { follower };
  }

  function endedSessions({ cuts }: EventFollower): number {
    return cuts.filter(({ code }) => code === 4401).length;
  }

  /** The server may be away for a moment. */
  async function signIn(email: string): Promise<ApiClient> {
    for (;;) {
      try {
        return await ApiClient.signIn(running.url, email, testPassword);
      } catch {
        await new Promise((resolve) => {
          setTimeout(resolve, 100);
        });
      }
    }
  }
});
