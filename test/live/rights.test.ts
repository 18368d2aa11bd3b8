import type pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Client } from "graphql-ws";
import type { ApiClient } from "../kit/api-client.ts";
import { createTestDatabase, type TestDatabase } from "../kit/database.ts";
import { createMigration } from "../kit/migration-flow.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makePerson, makeWorld, type World } from "../kit/world.ts";

// Two nodes on one database: rights end on one, sockets close on the other.

const withinMilliseconds = 5_000;
const events = "subscription Events($id: ID!) { migrationEvents(migrationId: $id) { sequence } }";
const progress = "subscription Progress($id: ID!) { migrationProgress(migrationId: $id) { sequence } }";
const attention = "subscription Attention($id: ID!) { attentionCount(organizationId: $id) }";

let database: TestDatabase;
let here: TestServer;
let there: TestServer;
let world: World;
let migrationId: string;
let pool: pg.Pool;
const sockets: Client[] = [];
let counter = 0;

beforeAll(async () => {
  database = await createTestDatabase({
    I11: "events are written by hand, without moving the migration",
    I24: "the count that people watch is set by hand",
  });
  here = await startTestServer({ DATABASE_URL: database.url });
  there = await startTestServer({ DATABASE_URL: database.url });
  ({ pool } = here);
  world = await makeWorld(here);
  migrationId = await createMigration(world);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) {
    await socket.dispose();
  }
});
afterAll(async () => {
  await here?.stop();
  await there?.stop();
  await database?.drop();
});

/** A site admin of the source, signed in on the other node. */
async function siteAdmin(): Promise<{ client: ApiClient; accountId: string }> {
  counter += 1;
  const email = `watcher${counter}@acme.example`;
  const { organizationId, source } = world;
  const accountId = await makePerson(here, email, [
    { role: "SITE_ADMIN", organizationId, siteId: source.id },
  ]);
  return { client: await there.signIn(email), accountId };
}

interface Watching {
  received: () => number;
  /** The code the socket was closed with and how many milliseconds after `from`. */
  closed: (from: number) => Promise<{ code: unknown; inTime: boolean }>;
}

/** Subscribes and waits for the first value. */
async function watch(client: ApiClient, query = events, id = migrationId): Promise<Watching> {
  const socket = client.socket();
  sockets.push(socket);
  let received = 0;
  const ended = new Promise<{ code?: unknown; at: number }>((resolve) => {
    socket.subscribe(
      { query, variables: { id } },
      {
        next: () => {
          received += 1;
        },
        error: (error) => resolve({ code: (error as { code?: unknown }).code, at: Date.now() }),
        complete: () => resolve({ at: Date.now() }),
      },
    );
  });
  await expect.poll(() => received, { timeout: 10_000, interval: 10 }).toBeGreaterThan(0);
  return {
    received: () => received,
    async closed(from) {
      const { code, at } = await ended;
      return { code, inTime: at - from <= withinMilliseconds };
    },
  };
}

describe.each([
  ["migrationEvents", events],
  ["migrationProgress", progress],
])("a socket with %s on another node", (_name, query) => {
  it("is closed with 4403 when the role is taken away", async () => {
    const { client, accountId } = await siteAdmin();
    const watching = await watch(client, query);
    const from = Date.now();
    await pool.query("delete from role_assignment where account_id = $1", [accountId]);
    expect(await watching.closed(from)).toEqual({ code: 4403, inTime: true });
  });

  it("is closed with 4403 when an admin removes the role, and only that person's", async () => {
    const [{ client, accountId }, other] = [await siteAdmin(), await siteAdmin()];
    const [watching, stays] = [await watch(client, query), await watch(other.client, query)];
    const { rows } = await pool.query<{ id: string }>(
      "select id from role_assignment where account_id = $1",
      [accountId],
    );
    const from = Date.now();
    const answer = await world.admin.query(
      "mutation R($input: RevokeRoleInput!) { revokeRole(input: $input) { __typename } }",
      { input: { roleId: rows[0]?.id } },
    );
    expect(answer).toEqual({ revokeRole: { __typename: "PersonRolesResult" } });
    expect(await watching.closed(from)).toEqual({ code: 4403, inTime: true });
    const isClosed = await Promise.race([
      stays.closed(from).then(() => true),
      new Promise<boolean>((resolve) => {
        setTimeout(() => resolve(false), 500);
      }),
    ]);
    expect(isClosed).toBe(false);
  });

  it("is closed with 4401 when the session is deleted", async () => {
    const { client, accountId } = await siteAdmin();
    const watching = await watch(client, query);
    const from = Date.now();
    await pool.query(
      "delete from auth_session using auth_user u where u.id = user_id and u.account_id = $1",
      [accountId],
    );
    expect(await watching.closed(from)).toEqual({ code: 4401, inTime: true });
  });
});

describe("a socket on another node", () => {
  it("is closed with 4401 when its person signs out or the session is made to expire", async () => {
    const [first, second] = [await siteAdmin(), await siteAdmin()];
    const watching = [await watch(first.client), await watch(second.client)];
    const from = Date.now();
    await fetch(`${here.url}/api/auth/sign-out`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Cookie: first.client.cookie, Origin: here.url },
      body: "{}",
    });
    await pool.query(
      "update auth_session s set expires_at = now() - interval '1 second' from auth_user u where u.id = s.user_id and u.account_id = $1",
      [second.accountId],
    );
    expect(await watching[0]?.closed(from)).toEqual({ code: 4401, inTime: true });
    expect(await watching[1]?.closed(from)).toEqual({ code: 4401, inTime: true });
  });

  it("is closed with 4403 when the role moves to a site the run does not touch", async () => {
    const { client, accountId } = await siteAdmin();
    const watching = await watch(client);
    const { rows } = await pool.query<{ id: string }>(
      "insert into site (organization_id, name, url_name) values ($1, 'Aside', 'aside') returning id",
      [world.organizationId],
    );
    const from = Date.now();
    await pool.query("update role_assignment set site_id = $2 where account_id = $1", [
      accountId,
      rows[0]?.id,
    ]);
    expect(await watching.closed(from)).toEqual({ code: 4403, inTime: true });
  });

  it("follows the count of other sites when roles change and some are left, and closes with the last", async () => {
    const { client, accountId } = await siteAdmin();
    const { organizationId, destination } = world;
    const { rows } = await pool.query<{ id: string }>(
      `update migration set open_attention_count = 3 where id = $1 returning id`,
      [migrationId],
    );
    expect(rows).toHaveLength(1);
    const watching = await watch(client, attention, organizationId);
    await pool.query("update role_assignment set site_id = $2 where account_id = $1", [
      accountId,
      destination.id,
    ]);
    // Counted for the roles of that moment: another feed, so the value comes again.
    await expect.poll(() => watching.received(), { timeout: 5_000 }).toBe(2);
    const from = Date.now();
    await pool.query("delete from role_assignment where account_id = $1", [accountId]);
    expect(await watching.closed(from)).toEqual({ code: 4403, inTime: true });
  });

  it("stays open for those whose rights did not change", async () => {
    const [leaving, staying] = [await siteAdmin(), await siteAdmin()];
    const watching = [await watch(leaving.client), await watch(staying.client)];
    await pool.query("delete from role_assignment where account_id = $1", [leaving.accountId]);
    await watching[0]?.closed(Date.now());
    const before = watching[1]?.received() ?? 0;
    await pool.query(
      `with counted as (update migration set last_sequence = last_sequence + 1 where id = $1 returning id, last_sequence)
       , written as (insert into migration_event (migration_id, sequence, type, summary, payload)
         select id, last_sequence, 'PAUSED', 'Paused', '{}' from counted)
       select pg_notify('rehome_live', 'migration:' || $1::text)`,
      [migrationId],
    );
    await expect.poll(() => watching[1]?.received(), { timeout: 5_000 }).toBe(before + 1);
  });

  it("is closed in time when no notification comes at all", async () => {
    const [first, second] = [await siteAdmin(), await siteAdmin()];
    const watching = [await watch(first.client), await watch(second.client)];
    await pool.query("alter table auth_session disable trigger user");
    await pool.query("alter table role_assignment disable trigger user");
    const from = Date.now();
    await pool.query(
      "delete from auth_session using auth_user u where u.id = user_id and u.account_id = $1",
      [first.accountId],
    );
    await pool.query("delete from role_assignment where account_id = $1", [second.accountId]);
    try {
      expect(await watching[0]?.closed(from)).toEqual({ code: 4401, inTime: true });
      expect(await watching[1]?.closed(from)).toEqual({ code: 4403, inTime: true });
    } finally {
      await pool.query("alter table auth_session enable trigger user");
      await pool.query("alter table role_assignment enable trigger user");
    }
  });

  it("is closed in time when a statement ends many sessions at once", async () => {
    const { client } = await siteAdmin();
    const watching = await watch(client);
    const from = Date.now();
    await pool.query("truncate auth_session cascade");
    expect(await watching.closed(from)).toEqual({ code: 4401, inTime: true });
  });
});
