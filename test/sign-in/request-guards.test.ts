import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadActor } from "../../packages/server/src/modules/sign-in/index.ts";
import { openSignInWorld, origin, password, type SignInWorld } from "./sign-in-world.ts";

let world: SignInWorld;

beforeAll(async () => {
  world = await openSignInWorld({ trustedOrigins: ["http://localhost:4000"] });
});

afterAll(async () => {
  await world.close();
});

describe("what is not open", () => {
  test.each([
    ["/sign-up/email", { email: "new@example.com", password, name: "New" }],
    ["/sign-in/social", { provider: "google" }],
    ["/link-social", { provider: "google" }],
    ["/update-user", { name: "Somebody Else" }],
    ["/change-email", { newEmail: "else@example.com" }],
    ["/delete-user", {}],
    ["/request-password-reset", { email: "jsmith@abc.com" }],
    ["/sign-up%2Femail", { email: "new@example.com", password, name: "New" }],
    ["//sign-up/email", { email: "new@example.com", password, name: "New" }],
  ])("%s is not there", async (path, body) => {
    const { email } = await world.addPerson();
    const response = await world.send(path, { body, cookie: await world.signIn(email) });
    expect(response.status).toBe(404);
    const { rows } = await world.pool.query("select 1 from auth_user where email = 'new@example.com'");
    expect(rows).toEqual([]);
  });

  test("a body above the limit is refused before it is read to the end", async () => {
    const response = await world.send("/sign-in/email", {
      body: { email: "a@b.co", password: "x".repeat(20_000) },
    });
    expect(response.status).toBe(413);
  });

  test("headers of the client cannot bend the address of the request", async () => {
    const { email } = await world.addPerson();
    const response = await world.send("/sign-in/email", {
      body: { email, password },
      headers: { "x-forwarded-proto": "javascript", "x-forwarded-host": "evil.example" },
    });
    expect(response.status).toBe(200);
    const { port } = new URL(response.url);
    const raw = await sendRaw(
      Number(port),
      "GET http://evil.example/api/auth/get-session HTTP/1.1\r\nHost: a b\r\n",
    );
    expect(raw).toMatch(/^HTTP\/1\.1 (200|400) /);
  });
});

describe("where a request comes from", () => {
  test.each([
    ["another site", { origin: "https://evil.example" }],
    ["a page without an origin", { origin: "null" }],
  ])("signing in from %s is refused", async (_case, headers) => {
    const { email } = await world.addPerson();
    const response = await world.send("/sign-in/email", { body: { email, password }, headers });
    expect(response.status).toBe(403);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  test("another site cannot end a session by its cookie", async () => {
    const { email } = await world.addPerson();
    const cookie = await world.signIn(email);
    const response = await world.send("/sign-out", {
      body: {},
      cookie,
      headers: { origin: "https://evil.example" },
    });
    expect(response.status).toBe(403);
    expect(await loadActor(world.auth, world.pool, { cookie })).not.toBeNull();
  });

  test("a form post is not a sign-in", async () => {
    const { email } = await world.addPerson();
    const response = await world.send("/sign-in/email", {
      body: { email, password },
      headers: { "content-type": "text/plain" },
    });
    expect(response.status).toBe(415);
  });

  test("a trusted further origin may sign in", async () => {
    const { email } = await world.addPerson();
    const response = await world.send("/sign-in/email", {
      body: { email, password },
      headers: { origin: "http://localhost:4000" },
    });
    expect(response.status).toBe(200);
  });
});

function sendRaw(port: number, head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () =>
      socket.write(`${head}Connection: close\r\nOrigin: ${origin}\r\n\r\n`),
    );
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
  });
}
