import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadActor } from "../../packages/server/src/modules/sign-in/index.ts";
import { hashSessionToken } from "../../packages/server/src/modules/sign-in/session-token-adapter.ts";
import { openSignInWorld, password, readCookies, type SignInWorld } from "./sign-in-world.ts";

let world: SignInWorld;

beforeAll(async () => {
  world = await openSignInWorld();
});

afterAll(async () => {
  await world.close();
});

describe("signing in", () => {
  test("sets a cookie that scripts cannot read and other sites do not send", async () => {
    const { email } = await world.addPerson();
    const response = await world.send("/sign-in/email", { body: { email, password } });
    expect(response.status).toBe(200);
    const [cookie] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^rehome\.session_token=/);
    expect(cookie).toContain("HttpOnly");
    expect(cookie).toContain("SameSite=Lax");
    expect(cookie).toContain("Path=/");
    expect(cookie).not.toContain("Secure");
  });

  test("does not repeat the token in a body", async () => {
    const { email } = await world.addPerson();
    const response = await world.send("/sign-in/email", { body: { email, password } });
    const cookie = readCookies(response);
    const token = readToken(cookie);
    expect(await response.text()).not.toContain(token);
    const session = await world.send("/get-session", { cookie });
    const body = await session.text();
    expect(JSON.parse(body).user.email).toBe(email);
    expect(body).not.toContain(token);
    expect(body).not.toContain(hashSessionToken(token));
  });

  test("keeps only the hash of the token", async () => {
    const { email, userId } = await world.addPerson();
    const token = readToken(await world.signIn(email));
    const { rows } = await world.pool.query("select token from auth_session where user_id = $1", [userId]);
    expect(rows).toEqual([{ token: hashSessionToken(token) }]);
    expect(token).toHaveLength(32);
  });

  test("the stored hash does not work as a token, even correctly signed", async () => {
    const { email, userId } = await world.addPerson();
    await world.signIn(email);
    const { rows } = await world.pool.query("select id, token from auth_session where user_id = $1", [
      userId,
    ]);
    for (const forged of [rows[0].token, `session:${rows[0].id}`]) {
      const cookie = `rehome.session_token=${signCookie(forged)}`;
      expect(await loadActor(world.auth, world.pool, { cookie })).toBeNull();
    }
  });

  test("takes the address in any case and with spaces around it", async () => {
    const { email } = await world.addPerson({ email: "jsmith@abc.com" });
    const response = await world.send("/sign-in/email", { body: { email: "  JSmith@ABC.com ", password } });
    expect(await response.json()).toMatchObject({ user: { email } });
  });

  test.each([
    ["an international domain", "olga@xn--e1afmkfd.xn--p1ai", "olga@пример.рф"],
    ["an ampersand", "sales&ops@example.com", "Sales&Ops@example.com"],
  ])("takes every address the directory accepts: %s", async (_case, email, typed) => {
    await world.addPerson({ email });
    const response = await world.send("/sign-in/email", { body: { email: typed, password } });
    expect(response.status).toBe(200);
  });

  test("ends with the browser when not to be remembered, and after a day at most", async () => {
    const { email, userId } = await world.addPerson();
    const response = await world.send("/sign-in/email", { body: { email, password, rememberMe: false } });
    expect(response.headers.getSetCookie()[0]).not.toContain("Max-Age");
    const { rows } = await world.pool.query(
      "select expires_at < now() + interval '25 hours' as short from auth_session where user_id = $1",
      [userId],
    );
    expect(rows).toEqual([{ short: true }]);
  });

  test("clears away sessions of the person that have expired", async () => {
    const { email, userId } = await world.addPerson();
    await world.signIn(email);
    await world.expireSessions(userId);
    await world.signIn(email);
    const { rows } = await world.pool.query(
      "select count(*)::int as left from auth_session where user_id = $1",
      [userId],
    );
    expect(rows).toEqual([{ left: 1 }]);
  });
});

describe("a refused sign-in", () => {
  test("answers the same for a wrong password, an unknown address and no address at all", async () => {
    const { email } = await world.addPerson();
    const attempts = [
      { email, password: "wrong horse battery staple" },
      { email: "nobody@example.com", password },
      { email: "not an address", password },
      { email, password: "" },
      { email, password: "x".repeat(5000) },
    ];
    const answers = await Promise.all(
      attempts.map(async (body) => {
        const response = await world.send("/sign-in/email", { body });
        return {
          status: response.status,
          cookies: response.headers.getSetCookie(),
          body: await response.text(),
        };
      }),
    );
    const [first] = answers;
    expect(first).toMatchObject({ status: 401, cookies: [] });
    expect(JSON.parse(first?.body ?? "")).toEqual({
      code: "INVALID_EMAIL_OR_PASSWORD",
      message: "The email or the password is wrong.",
    });
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toHaveLength(1);
  });

  test("takes as long for an unknown address as for a wrong password", async () => {
    const { email } = await world.addPerson();
    const known: number[] = [];
    const unknown: number[] = [];
    // In turn, so that whatever else the machine does meets both; the bounds are wide for the same reason.
    for (let round = 0; round < 9; round += 1) {
      known.push(await measureRefusal(email));
      unknown.push(await measureRefusal("nobody@example.com"));
    }
    const ratio = median(unknown) / median(known);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  test("a sign-in without a password kept for it is refused like any other", async () => {
    const { email, userId } = await world.addPerson();
    await world.pool.query("update auth_credential set password = null where user_id = $1", [userId]);
    const response = await world.send("/sign-in/email", { body: { email, password } });
    expect(response.status).toBe(401);
  });
});

describe("over https", () => {
  test("cookies are Secure", async () => {
    const secure = await openSignInWorld({ baseUrl: "https://rehome.example.com" });
    try {
      const { email } = await secure.addPerson();
      const response = await secure.send("/sign-in/email", { body: { email, password } });
      expect(response.headers.getSetCookie()[0]).toMatch(/^__Secure-rehome\.session_token=.*; Secure/);
    } finally {
      await secure.close();
    }
  });
});

/** The clear token inside a Cookie header. */
function readToken(cookie: string): string {
  const value = /rehome\.session_token=([^;]+)/.exec(cookie)?.[1] ?? "";
  return decodeURIComponent(value).split(".")[0] ?? "";
}

/** Signs a cookie value with the world's secret as better-auth does. */
function signCookie(value: string): string {
  const signature = createHmac("sha256", "a secret of this test, long enough: 8271")
    .update(value)
    .digest("base64");
  return encodeURIComponent(`${value}.${signature}`);
}

/** Milliseconds. */
async function measureRefusal(email: string): Promise<number> {
  const start = performance.now();
  const response = await world.send("/sign-in/email", {
    body: { email, password: "wrong horse battery staple" },
  });
  const taken = performance.now() - start;
  expect(response.status).toBe(401);
  return taken;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
