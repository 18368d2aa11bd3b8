import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadActor } from "../../packages/server/src/modules/sign-in/index.ts";
import { until } from "../kit/world.ts";
import { openSignInWorld, password, readCookies, type SignInWorld } from "./sign-in-world.ts";

let world: SignInWorld;

beforeAll(async () => {
  world = await openSignInWorld();
});

afterAll(async () => {
  await world.close();
});

interface ListedSession {
  id: string;
  token: string;
}

async function list(cookie: string): Promise<ListedSession[]> {
  const response = await world.send("/list-sessions", { cookie });
  expect(response.status).toBe(200);
  return (await response.json()) as ListedSession[];
}

async function isLive(cookie: string): Promise<boolean> {
  return (await loadActor(world.auth, world.pool, { cookie })) !== null;
}

describe("a person's sessions", () => {
  test("are listed with handles, never with tokens or their hashes", async () => {
    const { email, userId } = await world.addPerson();
    const cookies = [await world.signIn(email), await world.signIn(email)];
    const listed = await list(cookies[0] ?? "");
    const { rows } = await world.pool.query<{ id: string }>(
      "select id, token from auth_session where user_id = $1",
      [userId],
    );
    expect(listed.map((session) => session.token).toSorted()).toEqual(
      rows.map((row) => `session:${row.id}`).toSorted(),
    );
    expect(listed).toHaveLength(2);
  });

  test("are ended one by one with the handle of the list", async () => {
    const { email } = await world.addPerson();
    const here = await world.signIn(email);
    const there = await world.signIn(email);
    const thereId = (await loadActor(world.auth, world.pool, { cookie: there }))?.sessionId;
    const listed = (await list(here)).find((session) => session.id === thereId);
    const response = await world.send("/revoke-session", { body: { token: listed?.token }, cookie: here });
    expect(await response.json()).toEqual({ status: true });
    expect([await isLive(here), await isLive(there)]).toEqual([true, false]);
  });

  test("that begin at the same moment are ended as well: ending waits for whoever holds the sign-in", async () => {
    const { email, userId } = await world.addPerson();
    const here = await world.signIn(email);
    const beginning = await world.pool.connect();
    try {
      await beginning.query("begin");
      await beginning.query("select from auth_user where id = $1 for no key update", [userId]);
      await beginning.query(
        "insert into auth_session (user_id, token, expires_at) values ($1, $2, now() + interval '1 hour')",
        [userId, `beginning ${userId}`],
      );
      let answered = false;
      const ended = world.send("/revoke-other-sessions", { body: {}, cookie: here }).then((response) => {
        answered = true;
        return response.status;
      });
      await until(async () => {
        const { rowCount } = await world.pool.query(
          "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        );
        return answered || (rowCount ?? 0) > 0;
      });
      await beginning.query("commit");
      expect(await ended).toBe(200);
    } finally {
      beginning.release();
    }
    const { rowCount } = await world.pool.query("select from auth_session where user_id = $1", [userId]);
    expect([rowCount, await isLive(here)]).toEqual([1, true]);
  });

  test("cannot be ended by somebody else, and the answer does not tell", async () => {
    const victim = await world.signIn((await world.addPerson()).email);
    const other = await world.signIn((await world.addPerson()).email);
    const [listed] = await list(victim);
    const response = await world.send("/revoke-session", { body: { token: listed?.token }, cookie: other });
    expect(await response.json()).toEqual({ status: true });
    expect(await isLive(victim)).toBe(true);
  });

  test("all others end together; the one asking and other people's stay", async () => {
    const { email } = await world.addPerson();
    const here = await world.signIn(email);
    const others = [await world.signIn(email), await world.signIn(email)];
    const stranger = await world.signIn((await world.addPerson()).email);
    await world.send("/revoke-other-sessions", { body: {}, cookie: here });
    expect(await Promise.all([here, stranger, ...others].map(isLive))).toEqual([true, true, false, false]);
  });

  test("all end together, the one asking too", async () => {
    const { email } = await world.addPerson();
    const cookies = [await world.signIn(email), await world.signIn(email)];
    await world.send("/revoke-sessions", { body: {}, cookie: cookies[0] ?? "" });
    expect(await Promise.all(cookies.map(isLive))).toEqual([false, false]);
  });

  test("are nobody's business without a session", async () => {
    for (const path of ["/revoke-session", "/revoke-sessions", "/revoke-other-sessions"]) {
      expect((await world.send(path, { body: { token: "session:x" } })).status).toBe(401);
    }
    expect((await world.send("/list-sessions")).status).toBe(401);
  });
});

describe("changing the password", () => {
  test("ends every session, whatever the request says, and starts a new one", async () => {
    const { email } = await world.addPerson();
    const here = await world.signIn(email);
    const there = await world.signIn(email);
    const newPassword = "another horse, another staple";
    const response = await world.send("/change-password", {
      body: { currentPassword: password, newPassword, revokeOtherSessions: false },
      cookie: here,
    });
    expect(response.status).toBe(200);
    const fresh = readCookies(response);
    expect(await response.json()).not.toHaveProperty("token");
    expect(await Promise.all([here, there, fresh].map(isLive))).toEqual([false, false, true]);
    const old = await world.send("/sign-in/email", { body: { email, password } });
    const now = await world.send("/sign-in/email", { body: { email, password: newPassword } });
    expect([old.status, now.status]).toEqual([401, 200]);
  });

  test("asks for the current password and for 15 characters", async () => {
    const { email } = await world.addPerson();
    const cookie = await world.signIn(email);
    const wrong = await world.send("/change-password", {
      body: { currentPassword: "not the current one", newPassword: "another horse, another staple" },
      cookie,
    });
    const short = await world.send("/change-password", {
      body: { currentPassword: password, newPassword: "fourteen chars" },
      cookie,
    });
    expect([wrong.status, short.status]).toEqual([400, 400]);
    expect(await isLive(cookie)).toBe(true);
  });
});

describe("ending a session", () => {
  test("signing out deletes it, so that a kept copy of the cookie is worth nothing", async () => {
    const { email, userId } = await world.addPerson();
    const cookie = await world.signIn(email);
    const response = await world.send("/sign-out", { body: {}, cookie });
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()[0]).toMatch(/^rehome\.session_token=;.*Max-Age=0/);
    expect(await loadActor(world.auth, world.pool, { cookie })).toBeNull();
    const { rows } = await world.pool.query("select 1 from auth_session where user_id = $1", [userId]);
    expect(rows).toEqual([]);
  });

  test("an expired session is refused and deleted", async () => {
    const { email, userId } = await world.addPerson();
    const cookie = await world.signIn(email);
    await world.expireSessions(userId);
    expect(await (await world.send("/get-session", { cookie })).json()).toBeNull();
    const { rows } = await world.pool.query("select 1 from auth_session where user_id = $1", [userId]);
    expect(rows).toEqual([]);
  });

  test("using a session does not make it last longer", async () => {
    const { email, userId } = await world.addPerson();
    const cookie = await world.signIn(email);
    const soon = new Date(Date.now() + 60_000);
    await world.pool.query("update auth_session set expires_at = $2 where user_id = $1", [userId, soon]);
    await world.send("/get-session", { cookie });
    expect((await loadActor(world.auth, world.pool, { cookie }))?.sessionExpiresAt).toEqual(soon);
  });
});
