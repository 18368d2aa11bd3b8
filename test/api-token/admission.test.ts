import type { Client } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startMigration, untilEnded } from "../kit/migration-flow.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeToken, revokeToken, TokenClient } from "../kit/token-client.ts";
import { makeWorld, until, uploadSamples, type World } from "../kit/world.ts";

let server: TestServer;
let world: World;
let migrationId: string;

const whoAmI = "query WhoAmI { viewer { account { email } } }";

beforeAll(async () => {
  server = await startTestServer({ REHOME_TRUST_PROXY: "1" });
  world = await makeWorld(server);
  await uploadSamples(world);
  migrationId = await startMigration(world);
  await untilEnded(world.admin, migrationId);
});

afterAll(async () => {
  await server?.stop();
});

async function expire(id: string): Promise<void> {
  await server.pool.query(
    "update api_token set created_at = now() - interval '2 days', expires_at = now() - interval '1 second' where id = $1",
    [id],
  );
}

/** Status, headers that matter and body of one request, from an address of its own. */
async function knock(path: string, token: string, address = "203.0.113.1"): Promise<unknown[]> {
  const response = await fetch(`${server.url}${path}`, {
    method: path === "/graphql" || path === "/api/imports" ? "POST" : "GET",
    headers: {
      Authorization: `Bearer ${token}`,
      "Content-Type": "application/json",
      "apollo-require-preflight": "1",
      "X-Forwarded-For": address,
      Cookie: world.admin.cookie,
    },
    body: path === "/graphql" ? JSON.stringify({ query: whoAmI }) : undefined,
  });
  return [response.status, response.headers.get("www-authenticate"), await response.text()];
}

describe("wrong, expired and revoked tokens", () => {
  it("are answered alike on every way in, whatever cookie comes along", async () => {
    const [expired, revoked] = [await makeToken(world.admin), await makeToken(world.admin)];
    await expire(expired.id);
    await revokeToken(world.admin, revoked.id);
    const wrong = [`rhm_${"A".repeat(43)}`, "rhm_short", "x", "", expired.secret, revoked.secret];
    for (const path of ["/graphql", "/api/imports", `/api/migrations/${migrationId}/report.zip`]) {
      const answers = await Promise.all(wrong.map((token) => knock(path, token)));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(answers[0]?.slice(0, 2)).toEqual([401, 'Bearer realm="rehome", error="invalid_token"']);
      expect(String(answers[0]?.[2])).toContain("UNAUTHENTICATED");
    }
  });

  it("are answered 429 after thirty from one address, which good tokens of that address do not feel", async () => {
    const { secret } = await makeToken(world.admin);
    const statuses: unknown[] = [];
    for (let attempt = 0; attempt < 32; attempt += 1) {
      statuses.push((await knock("/graphql", `rhm_${"B".repeat(43)}`, "203.0.113.9"))[0]);
    }
    expect(statuses).toEqual([...Array.from({ length: 30 }, () => 401), 429, 429]);
    expect((await knock("/graphql", secret, "203.0.113.9"))[0]).toBe(200);
    expect((await knock("/graphql", `rhm_${"B".repeat(43)}`, "203.0.113.10"))[0]).toBe(401);
  });

  it("open no socket, in the header or in connection_init", async () => {
    const { id, client } = await makeToken(world.admin);
    await revokeToken(world.admin, id);
    await expect(follow(client.socket())).rejects.toMatchObject({ message: expect.stringContaining("401") });
    await expect(follow(client.introducedSocket())).rejects.toMatchObject({ code: 4401 });
    await expect(follow(client.introducedSocket({}))).rejects.toMatchObject({ code: 4401 });
  });

  it("and other schemes leave the session alone", async () => {
    const answer = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: {
        Authorization: "Basic dXNlcjpwYXNz",
        "Content-Type": "application/json",
        Cookie: world.admin.cookie,
      },
      body: JSON.stringify({ query: whoAmI }),
    });
    expect(await answer.json()).toMatchObject({ data: { viewer: { account: {} } } });
  });
});

describe("a token's use", () => {
  it("is noted, at most once a minute", async () => {
    const { id, client } = await makeToken(world.admin);
    const read = async (): Promise<string | null> => {
      const sql = "select last_used_at::text as at from api_token where id = $1";
      return (await server.pool.query<{ at: string | null }>(sql, [id])).rows[0]?.at ?? null;
    };
    expect(await read()).toBeNull();
    await client.query(whoAmI);
    const first = await read();
    expect(first).not.toBeNull();
    await client.query(whoAmI);
    expect(await read()).toBe(first);
    await server.pool.query(
      "update api_token set last_used_at = now() - interval '61 seconds' where id = $1",
      [id],
    );
    await client.query(whoAmI);
    expect(String(await read()) > String(first)).toBe(true);
  });
});

describe("a socket opened with a token", () => {
  const ways: [string, (client: TokenClient) => Client][] = [
    ["in its header", (client) => client.socket()],
    ["in connection_init", (client) => client.introducedSocket()],
  ];

  it.each(ways)(
    "%s is served what its owner may see, and closes soon after the token is revoked",
    async (_how, open) => {
      const { id, client } = await makeToken(world.admin);
      const watched = watch(open(client));
      await until(async () => watched.events() > 0);
      expect(await revokeToken(world.admin, id)).toEqual({ __typename: "ApiTokenResult" });
      const revokedAt = Date.now();
      await expect(watched.end).rejects.toMatchObject({ code: 4401 });
      expect(Date.now() - revokedAt).toBeLessThan(5_000);
    },
  );

  it.each(ways)("%s closes when the token expires", async (_how, open) => {
    const { id, client } = await makeToken(world.admin);
    await server.pool.query("update api_token set expires_at = now() + interval '2 seconds' where id = $1", [
      id,
    ]);
    const watched = watch(open(client));
    await until(async () => watched.events() > 0);
    await expect(watched.end).rejects.toMatchObject({ code: 4401 });
  });

  it("stays open when another token of the same person is revoked", async () => {
    const [kept, dropped] = [await makeToken(world.admin), await makeToken(world.admin)];
    const watched = watch(kept.client.socket());
    await until(async () => watched.events() > 0);
    const before = watched.isOpen();
    await revokeToken(world.admin, dropped.id);
    // The session's own socket wakes on the same topic; when it has looked again, so has this one.
    await expect(follow(dropped.client.socket())).rejects.toBeDefined();
    expect([before, watched.isOpen()]).toEqual([true, true]);
    watched.stop();
    await watched.end.catch(() => undefined);
  });
});

/** Reads events until the connection ends; throws what ended it. */
async function follow(socket: Client, onEvent: () => void = () => undefined): Promise<void> {
  const events = socket.iterate({
    query: "subscription E($id: ID!) { migrationEvents(migrationId: $id) { sequence } }",
    variables: { id: migrationId },
  });
  try {
    for await (const _event of events) {
      onEvent();
    }
  } finally {
    await socket.dispose();
  }
}

function watch(socket: Client): { end: Promise<void>; events(): number; isOpen(): boolean; stop(): void } {
  let events = 0;
  let open = true;
  const end = follow(socket, () => {
    events += 1;
  }).finally(() => {
    open = false;
  });
  end.catch(() => undefined);
  return { end, events: () => events, isOpen: () => open, stop: () => void socket.dispose() };
}
