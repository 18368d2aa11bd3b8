import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorld } from "../kit/world.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  await server?.stop();
});

describe("the published audits of GraphQL over HTTP", () => {
  it("have no error", async () => {
    // Two audits introspect, which is for those who signed in.
    const { admin } = await makeWorld(server);
    const fetchFn = (address: string, init?: RequestInit): Promise<Response> =>
      admin.fetch(address.slice(server.url.length), init);
    const audits = serverAudits({ url: () => `${server.url}/graphql`, fetchFn });
    const results = await Promise.all(audits.map((audit) => audit.fn()));
    const errors = results
      .filter((result) => result.status === "error")
      .map((result) => `${result.id}: ${result.name}: ${"reason" in result ? result.reason : ""}`);
    expect(results.length).toBeGreaterThan(50);
    expect(errors).toEqual([]);
  });
});

describe("hostile operations", () => {
  async function post(
    body: string,
    headers: Record<string, string> = { "Content-Type": "application/json" },
  ): Promise<{ status: number; text: string }> {
    const response = await fetch(`${server.url}/graphql`, { method: "POST", headers, body });
    return { status: response.status, text: await response.text() };
  }

  const deep = `{ ${"a { ".repeat(50)}b${" }".repeat(50)} }`;
  const aliases = `{ ${Array.from({ length: 200 }, (_value, index) => `a${index}: __typename`).join(" ")} }`;
  const throughFragments = `query { ...a ...a ...a } fragment a on Query { ...b ...b ...b } fragment b on Query { ${Array.from({ length: 9 }, (_value, index) => `x${index}: __typename`).join(" ")} }`;
  const tokens = `{ ${"__typename ".repeat(5_000)} }`;

  it.each([
    ["too deep", deep],
    ["too many aliases", aliases],
    ["too many aliases through fragments", throughFragments],
    ["too many tokens", tokens],
    ["a syntax error", "{ viewer {"],
    ["an unknown field", "{ everything }"],
  ])("%s: refused as the caller's fault", async (_name, query) => {
    const answer = await post(JSON.stringify({ query }));
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain("INTERNAL");
    expect(answer.text).not.toContain("stacktrace");
  });

  it("a batch: refused", async () => {
    expect(
      (await post(JSON.stringify([{ query: "{ __typename }" }, { query: "{ __typename }" }]))).status,
    ).toBe(400);
  });

  it("a body over 100 KB: refused", async () => {
    const answer = await post(
      JSON.stringify({ query: "{ __typename }", variables: { a: "x".repeat(200_000) } }),
    );
    expect(answer.status).toBe(413);
  });

  it("a form post from another site's page: refused before anything runs", async () => {
    const answer = await post("query=%7B__typename%7D", {
      "Content-Type": "application/x-www-form-urlencoded",
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });

  it("a mutation by GET: refused", async () => {
    const query = encodeURIComponent(
      'mutation { planMigration(input: { migrationId: "x" }) { __typename } }',
    );
    const response = await fetch(`${server.url}/graphql?query=${query}`, {
      headers: { "Apollo-Require-Preflight": "1" },
    });
    expect(response.status).toBe(405);
  });

  it("introspection without signing in: refused", async () => {
    expect((await post(JSON.stringify({ query: "{ __schema { types { name } } }" }))).text).toContain(
      "UNAUTHENTICATED",
    );
  });

  it("a socket from another origin: refused", async () => {
    const { status } = await upgrade(server.url, "https://evil.example");
    expect(status).toBe(403);
  });

  it("a socket without a session: refused", async () => {
    const { status } = await upgrade(server.url, server.url);
    expect(status).toBe(401);
  });
});

async function upgrade(url: string, origin: string): Promise<{ status: number }> {
  const { request } = await import("node:http");
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const attempt = request({
      hostname,
      port,
      path: "/graphql",
      headers: {
        Connection: "Upgrade",
        Upgrade: "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol": "graphql-transport-ws",
        Origin: origin,
      },
    });
    attempt.on("response", (response) => {
      resolve({ status: response.statusCode ?? 0 });
      response.resume();
    });
    attempt.on("upgrade", (_response, socket) => {
      socket.destroy();
      resolve({ status: 101 });
    });
    attempt.on("error", reject);
    attempt.end();
  });
}
