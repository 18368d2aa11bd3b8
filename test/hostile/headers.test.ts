import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient } from "../kit/api-client.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeWorld } from "../kit/world.ts";
import { listRoutes } from "../authorization/routes.ts";

let server: TestServer;
let admin: ApiClient;

beforeAll(async () => {
  server = await startTestServer();
  admin = (await makeWorld(server)).admin;
});
afterAll(async () => {
  await server?.stop();
});

/** An address for every route: what stands in it finds nothing, and that is answered with the same headers. */
function addresses(): string[] {
  const routes = listRoutes(server.served.app).map((route) =>
    (route.split(" ")[1] ?? "/")
      .replace("*path", "get-session")
      .replaceAll(/:\w+/g, "01900000-0000-7000-8000-00000000dead"),
  );
  return [
    ...new Set([...routes, "/", "/migrations", "/no-such-page", "/api/no-such-route", "/assets/none.js"]),
  ];
}

describe("every answer", () => {
  it.each([
    ["signed in", () => admin],
    ["signed out", () => server.anonymous()],
  ] as const)("%s: closed to scripts of others, frames, sniffing and referrers", async (_who, client) => {
    const wrong: string[] = [];
    for (const address of addresses()) {
      const response = await client().fetch(address, { redirect: "manual" });
      const policy = response.headers.get("content-security-policy") ?? "";
      const scripts = /script-src ([^;]*)/.exec(policy)?.[1];
      const expected: [string, boolean][] = [
        ["scripts from elsewhere or inline", scripts === "'self'"],
        ["anything not named", policy.includes("default-src 'none'")],
        ["frames", policy.includes("frame-ancestors 'none'")],
        ["another base address", policy.includes("base-uri 'none'")],
        ["plugins", policy.includes("object-src 'none'")],
        ["forms that go elsewhere", policy.includes("form-action 'self'")],
        ["eval", !/unsafe-eval/.test(policy)],
        ["sniffing", response.headers.get("x-content-type-options") === "nosniff"],
        ["old browsers' frames", response.headers.get("x-frame-options") !== null],
        ["referrers", response.headers.get("referrer-policy") === "same-origin"],
        ["windows of others", response.headers.get("cross-origin-opener-policy") === "same-origin"],
        ["embedding", response.headers.get("cross-origin-resource-policy") === "same-origin"],
        ["naming the framework", !response.headers.has("x-powered-by")],
        ["other origins", !response.headers.has("access-control-allow-origin")],
        ["an answer without an id", response.headers.has("x-request-id")],
      ];
      wrong.push(...expected.filter(([, holds]) => !holds).map(([what]) => `${address}: open to ${what}`));
    }
    expect(addresses().length).toBeGreaterThan(12);
    expect(wrong).toEqual([]);
  });

  it("over https tells browsers to stay there, and its cookie never leaves it", async () => {
    const secure = await startTestServer({ REHOME_BASE_URL: "https://rehome.example.com" });
    await makeWorld(secure).catch(() => undefined);
    const response = await fetch(`${secure.url}/healthz`);
    expect(response.headers.get("strict-transport-security")).toMatch(/max-age=\d{7,}/);
    const signIn = await fetch(`${secure.url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Origin: "https://rehome.example.com" },
      body: JSON.stringify({ email: "admin@acme.example", password: "correct horse battery staple" }),
    });
    const [cookie] = signIn.headers.getSetCookie();
    expect(cookie).toMatch(/; Secure/i);
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=(Lax|Strict)/i);
    await secure.stop();
  });
});
