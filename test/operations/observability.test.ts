import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inLogContext } from "../../packages/server/src/platform/log-context.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import { startMigration, untilEnded } from "../kit/migration-flow.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { startServerProcess } from "../kit/server-process.ts";
import { createTestDatabase, withClient } from "../kit/database.ts";
import { makeWorld, until, uploadSamples, type World } from "../kit/world.ts";

describe("log lines", () => {
  const lines: string[] = [];
  const logger = createLogger("info", { write: (line) => void lines.push(line) });
  const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? "{}") as Record<string, unknown>;

  it("carry the request, migration, worker and job around them, across awaits", async () => {
    await inLogContext({ requestId: "request-1", worker: "host-1" }, async () => {
      await Promise.resolve();
      await inLogContext({ migrationId: "migration-1", jobId: "job-1" }, async () => {
        await Promise.resolve();
        logger.info("inside");
      });
    });
    expect(last()).toMatchObject({
      requestId: "request-1",
      worker: "host-1",
      migrationId: "migration-1",
      jobId: "job-1",
    });
    logger.info("outside");
    expect(last()).not.toHaveProperty("requestId");
  });

  it("never carry secrets", () => {
    const secret = "s3cr3t-value";
    logger.error(
      {
        password: secret,
        token: secret,
        body: { newPassword: secret, inner: { token: secret } },
        headers: { cookie: secret, authorization: secret, "set-cookie": [secret] },
        request: { headers: { cookie: secret, authorization: secret } },
        config: { secret, connectionString: secret },
        err: new Error(`cannot reach postgres://rehome:${secret}@127.0.0.1:5432/x`),
      },
      "careless",
    );
    expect(lines.at(-1)).not.toContain(secret);
    expect(lines.at(-1)).toContain("cannot reach postgres://rehome:[Redacted]@127.0.0.1:5432/x");
  });
});

describe("a server", () => {
  let server: TestServer;
  let world: World;

  beforeAll(async () => {
    server = await startTestServer();
    world = await makeWorld(server);
    await uploadSamples(world);
    await untilEnded(world.admin, await startMigration(world));
  });
  afterAll(() => server.stop());

  const metrics = async (headers: Record<string, string> = {}): Promise<[number, string]> => {
    const response = await fetch(`${server.url}/metrics`, { headers });
    return [response.status, await response.text()];
  };

  it("takes a usable request id, makes one otherwise, and gives it back", async () => {
    const ask = async (id?: string): Promise<string | null> => {
      const headers: Record<string, string> = id === undefined ? {} : { "x-request-id": id };
      return (await fetch(`${server.url}/healthz`, { headers })).headers.get("x-request-id");
    };
    expect(await ask("from-the-proxy-1")).toBe("from-the-proxy-1");
    expect(await ask()).toMatch(/^[0-9a-f-]{36}$/);
    expect(await ask('bad "id" {}')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("answers errors with the id of the request", async () => {
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-request-id": "asked-with-this" },
      body: JSON.stringify({ query: "query Who { viewer { account { email } } }" }),
    });
    const { errors } = (await response.json()) as { errors: { extensions: { requestId: string } }[] };
    expect(errors[0]?.extensions.requestId).toBe("asked-with-this");
  });

  it("measures requests, operations, batches, migrations, proofs, pools and itself", async () => {
    const [status, text] = await metrics();
    expect(status).toBe(200);
    for (const pattern of [
      /rehome_http_request_seconds_count\{[^}]*route="\/healthz"[^}]*status="200"[^}]*\} \d/,
      /rehome_http_request_seconds_count\{[^}]*route="\/graphql"[^}]*\} \d/,
      /rehome_graphql_operation_seconds_count\{operation="Plan",outcome="ok"\} [1-9]/,
      /rehome_graphql_operation_seconds_count\{operation="Who",outcome="refused"\} 1/,
      /rehome_batches_applied_total [1-9]/,
      /rehome_people_applied_total [1-9]/,
      /rehome_batch_seconds_count [1-9]/,
      /rehome_migrations\{state="COMPLETED_WITH_ATTENTION"\} 1/,
      /rehome_migrations\{state="RUNNING"\} 0/,
      /rehome_migrations_stalled 0/,
      /rehome_lease_age_seconds \d/,
      /rehome_access_proofs\{verdict="passed"\} 1/,
      /rehome_database_connections\{pool="main",state="idle"\} \d/,
      /rehome_database_connections\{pool="sign-in",state="waiting"\} 0/,
      /rehome_sockets_open 0/,
      /nodejs_eventloop_lag_seconds/,
      /process_resident_memory_bytes/,
    ]) {
      expect(text).toMatch(pattern);
    }
  });

  it("keeps the number of operation names bounded", async () => {
    for (let index = 0; index < 230; index += 1) {
      await server.anonymous().ask(`query Flood${index} { __typename }`);
    }
    const [, text] = await metrics();
    const names = new Set([...text.matchAll(/operation="(\w+)"/g)].map(([, name]) => name));
    expect(names.size).toBeLessThanOrEqual(201);
    expect(text).toMatch(/operation="other",outcome="ok"\} [1-9]/);
  });

  it("counts sockets and subscriptions while they are open", async () => {
    const socket = world.admin.socket();
    const events = socket.iterate({
      query: `subscription Count($id: ID!) { migrationEvents(migrationId: $id, afterSequence: 0) { sequence } }`,
      variables: { id: (await server.pool.query<{ id: string }>("select id from migration")).rows[0]?.id },
    });
    await events.next();
    expect((await metrics())[1]).toMatch(/rehome_sockets_open 1\n[\s\S]*rehome_subscriptions_open 1\n/);
    await socket.dispose();
    await until(async () =>
      /rehome_sockets_open 0\n[\s\S]*rehome_subscriptions_open 0\n/.test((await metrics())[1]),
    );
  });

  it("shows metrics to nobody who comes through a proxy", async () => {
    expect((await metrics({ "x-forwarded-for": "203.0.113.9" }))[0]).toBe(403);
  });

  it("is ready only with its own schema", async () => {
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    await server.pool.query(`insert into schema_migration (name) values ('9999-from-the-future')`);
    const response = await fetch(`${server.url}/readyz`);
    expect([response.status, await response.text()]).toEqual([
      503,
      expect.stringContaining("9999-from-the-future"),
    ]);
    await server.pool.query(`delete from schema_migration where name = '9999-from-the-future'`);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });
});

describe("a server that is told to stop", () => {
  it("is alive but not ready while a batch is under way", async () => {
    const server = await startTestServer({ REHOME_BATCH_SIZE: "25", REHOME_BATCH_PAUSE_MS: "3000" });
    const world = await makeWorld(server);
    await uploadSamples(world);
    await startMigration(world);
    await until(async () => {
      const { rows } = await server.pool.query("select 1 from migration where applied_ordinal > 0");
      return rows.length > 0;
    });
    const stopped = server.stop();
    const response = await fetch(`${server.url}/readyz`);
    expect([response.status, await response.text()]).toEqual([503, expect.stringContaining("shutting down")]);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await stopped;
  });
});

describe("a server with a metrics token", () => {
  it("shows metrics to its bearer alone", async () => {
    const token = "a token for tests only";
    const server = await startTestServer({ REHOME_METRICS_TOKEN: token });
    const ask = async (authorization?: string): Promise<number> => {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      return (await fetch(`${server.url}/metrics`, { headers })).status;
    };
    expect([await ask(), await ask("Bearer wrong"), await ask(`Bearer ${token}`)]).toEqual([403, 403, 200]);
    await server.stop();
  });
});

describe("a server with a collector", () => {
  let collector: Server;
  const bodies: string[] = [];
  beforeAll(async () => {
    collector = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString("latin1")));
      request.on("end", () => {
        bodies.push(`${request.url} ${body}`);
        response.writeHead(200, { "content-type": "application/json" }).end("{}");
      });
    });
    await new Promise<void>((resolve) => {
      collector.listen(0, "127.0.0.1", resolve);
    });
  });
  afterAll(() => {
    collector.close();
  });

  it("sends spans of requests, operations, batches and statements", async () => {
    const database = await createTestDatabase();
    const maker = await startTestServer({ DATABASE_URL: database.url });
    const world = await makeWorld(maker);
    await uploadSamples(world);
    await maker.stop();
    const running = await startServerProcess({
      DATABASE_URL: database.url,
      REHOME_SECRET: "a secret for tests only, long enough",
      PORT: "0",
      REHOME_BATCH_SIZE: "25",
      REHOME_BATCH_PAUSE_MS: "400",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    });
    const { ApiClient } = await import("../kit/api-client.ts");
    const admin = await ApiClient.signIn(running.url, "admin@acme.example", "correct horse battery staple");
    const id = await startMigration({ ...world, admin });
    await withClient(database.url, (client) =>
      until(async () => {
        const { rows } = await client.query("select 1 from migration where id = $1 and applied_ordinal > 0", [
          id,
        ]);
        return rows.length > 0;
      }),
    );
    await running.end("SIGTERM");
    const text = bodies.join("\n");
    expect(text).toContain("/v1/traces");
    for (const name of ["POST /graphql", "graphql mutation", "engine batch", "sql migration.takeLease"]) {
      expect(text).toContain(name);
    }
    expect(text).not.toContain("admin@acme.example");
    await database.drop();
  }, 90_000);
});
