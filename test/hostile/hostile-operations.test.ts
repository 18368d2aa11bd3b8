import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { Kind, parse, validate, type DocumentNode, type FragmentDefinitionNode } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import {
  limitOperations,
  maxTokens,
  measureOperation,
  operationLimits,
} from "../../packages/server/src/platform/graphql/limits.ts";
import { buildSchema } from "../../packages/server/src/resolvers.ts";
import type { ApiClient } from "../kit/api-client.ts";
import { testServices } from "../kit/services.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeWorld } from "../kit/world.ts";

let server: TestServer;
let admin: ApiClient;

beforeAll(async () => {
  server = await startTestServer();
  admin = (await makeWorld(server)).admin;
});
afterAll(async () => {
  await server?.stop();
});

const many = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_value, index) => write(index)).join(" ");

/** Asked by somebody with every right: only the limits stand in the way. */
const hostile: [string, string, RegExp][] = [
  ["a flood of aliases", `{ ${many(200, (n) => `a${n}: __typename`)} }`, /more than 30 aliases/],
  [
    "a flood of aliases through fragments",
    `{ ...a ...a ...a } fragment a on Query { ...b ...b ...b } fragment b on Query { ${many(9, (n) => `x${n}: __typename`)} }`,
    /more than 30 aliases/,
  ],
  [
    "fragments that double at every level",
    `{ ...f0 } ${many(40, (n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`)} fragment f40 on Query { __typename }`,
    /costs more than|repeats more than 50 fields/,
  ],
  ["fifty levels", `{ ${"viewer { ".repeat(50)}id${" }".repeat(50)} }`, /deeper than 12 levels/],
  [
    "a flood of directives",
    `{ __typename ${many(200, () => "@skip(if: false)")} }`,
    /more than 20 directives/,
  ],
  [
    "directives on the operation and on fragments",
    `query Q ${many(15, () => "@skip(if: false)")} { ...a ...a } fragment a on Query ${many(15, () => "@include(if: true)")} { __typename }`,
    /more than 20 directives/,
  ],
  ["one field five hundred times", `{ ${many(500, () => "__typename")} }`, /repeats more than 50 fields/],
  [
    "everything at once, broad and deep",
    `{ ${many(25, (n) => `a${n}: migration(id: "x") { ${many(40, (field) => `f${field} { g { h { i { j } } } }`)} }`)} }`,
    /tokens/,
  ],
  ["a fragment that spreads itself", `{ ...a } fragment a on Query { ...a }`, /Cannot spread fragment/],
  [
    "fragments that go round in a circle",
    `{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }`,
    /Cannot spread fragment/,
  ],
  ["five thousand tokens", `{ ${"__typename ".repeat(5_000)} }`, /tokens/],
];

describe("hostile operations over HTTP", () => {
  const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    admin.fetch("/graphql", {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body,
    });

  it.each(hostile)("%s: refused at once, as the caller's fault", async (_what, text, said) => {
    const started = Date.now();
    const response = await post(JSON.stringify({ query: text }));
    const answer = await response.text();
    expect(response.status).toBe(400);
    expect(answer).toMatch(said);
    expect(answer).not.toMatch(/INTERNAL|stacktrace|node_modules/);
    expect(Date.now() - started).toBeLessThan(1_000);
  });

  it("huge variables: refused unread", async () => {
    const variables = { id: "x".repeat(500_000) };
    const response = await post(
      JSON.stringify({ query: "query Q($id: ID!) { site(id: $id) { id } }", variables }),
    );
    expect(response.status).toBe(413);
  });

  it("a batch: refused", async () => {
    const one = { query: "{ __typename }" };
    expect((await post(JSON.stringify([one, one]))).status).toBe(400);
  });

  it("a mutation by GET: refused, and nothing done", async () => {
    const text = encodeURIComponent('mutation { revokeApiToken(input: { tokenId: "x" }) { __typename } }');
    const response = await admin.fetch(`/graphql?query=${text}`, {
      headers: { "apollo-require-preflight": "1" },
    });
    expect(response.status).toBe(405);
  });

  it.each([
    ["a form", { "Content-Type": "application/x-www-form-urlencoded" }],
    ["plain text", { "Content-Type": "text/plain" }],
    ["a multipart form", { "Content-Type": "multipart/form-data; boundary=x" }],
  ])("%s of another site's page, with the cookie: refused before anything runs", async (_what, headers) => {
    const response = await post('{"query":"{ __typename }"}', headers);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await response.text()).not.toContain('"__typename":"Query"');
  });

  it("a simple GET of another site's page: refused", async () => {
    const response = await admin.fetch("/graphql?query=%7B__typename%7D");
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("CSRF");
  });

  it("a bug is told by a request id alone", async () => {
    await server.pool.query("alter table site rename to site_away");
    try {
      const { errors } = await admin.ask('{ site(id: "01900000-0000-7000-8000-000000000001") { id } }');
      expect(errors?.[0]).toMatchObject({
        message: expect.stringMatching(
          /^Something went wrong on our side\. Tell support this request id: \S+$/,
        ),
        extensions: { code: "INTERNAL", requestId: expect.any(String) },
      });
      expect(JSON.stringify(errors)).not.toMatch(/site_away|relation|select|sql/i);
    } finally {
      await server.pool.query("alter table site_away rename to site");
    }
  });
});

describe("hostile sockets", () => {
  function open(headers: Record<string, string>): Promise<WebSocket> {
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/graphql`, "graphql-transport-ws", {
      headers,
    });
    return new Promise((resolve, reject) => {
      socket.once("open", () => resolve(socket));
      socket.once("unexpected-response", (_request, response) =>
        reject(new Error(String(response.statusCode))),
      );
      socket.once("error", reject);
    });
  }
  const closed = (socket: WebSocket): Promise<number> =>
    new Promise((resolve) => {
      socket.once("close", resolve);
      socket.on("error", () => {});
    });

  it.each(["https://evil.example", "null", "http://127.0.0.1:1"])(
    "from the page of %s, with the cookie: refused",
    async (origin) => {
      await expect(open({ Cookie: admin.cookie, Origin: origin })).rejects.toThrow("403");
    },
  );

  it("a message of 10 MB: the socket is closed, and the server goes on", async () => {
    const socket = await open({ Cookie: admin.cookie, Origin: server.url });
    const end = closed(socket);
    socket.send(JSON.stringify({ type: "connection_init", payload: { x: "y".repeat(10 * 1024 * 1024) } }));
    expect(await end).toBe(1009);
    expect((await admin.fetch("/healthz")).status).toBe(200);
  });

  it.each(hostile)("%s: refused", async (_what, text) => {
    const socket = admin.socket();
    const query = text.startsWith("{") ? `subscription ${text}` : text.replace("query Q", "subscription Q");
    await expect(socket.iterate({ query }).next()).rejects.toBeDefined();
    await socket.dispose();
  });

  it("a twenty-first subscription: refused, and the others go on", async () => {
    const { rows } = await server.pool.query<{ id: string }>("select id from organization limit 1");
    const socket = admin.socket();
    const text = "subscription Count($id: ID!) { groupReviews(organizationId: $id) }";
    const follow = () => socket.iterate({ query: text, variables: { id: rows[0]?.id } });
    const streams = Array.from({ length: 20 }, follow);
    for (const stream of streams) {
      expect((await stream.next()).value?.data).toEqual({ groupReviews: 0 });
    }
    await expect(follow().next()).rejects.toMatchObject([{ extensions: { code: "RATE_LIMITED" } }]);
    await socket.dispose();
  });
});

describe("the web application's own operations", () => {
  const web = path.resolve(import.meta.dirname, "../../packages/web/src");
  const definitions = globSync("**/*.graphql", { cwd: web }).flatMap(
    (file) => parse(readFileSync(path.join(web, file), "utf8"), { noLocation: true }).definitions,
  );
  const fragments = definitions.filter(
    (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  const operations = definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? [[definition.name?.value ?? "", definition] as const]
      : [],
  );
  const schema = buildSchema(testServices());

  it("are found", () => {
    expect(operations.length).toBeGreaterThan(40);
  });

  it.each(operations)("%s passes, with as much again to spare", (_name, operation) => {
    const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] };
    expect(validate(schema, document, [limitOperations])).toEqual([]);
    const size = measureOperation(document, operation);
    for (const name of ["aliases", "directives", "duplicates", "cost"] as const) {
      expect(size[name], name).toBeLessThanOrEqual(operationLimits[name] / 2);
    }
    expect(size.depth).toBeLessThanOrEqual(operationLimits.depth - 2);
    expect(maxTokens).toBe(2_000);
  });
});
