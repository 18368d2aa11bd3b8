import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadActor } from "../../packages/server/src/modules/sign-in/index.ts";
import { findSessionActorStatement } from "../../packages/server/src/modules/sign-in/sql/find-session-actor.ts";
import { openSignInWorld, type SignInWorld } from "./sign-in-world.ts";

let world: SignInWorld;

beforeAll(async () => {
  world = await openSignInWorld();
});

afterAll(async () => {
  await world.close();
});

async function grant(
  accountId: string,
  role: string,
  organizationId: string,
  siteId: string | null,
): Promise<void> {
  await world.pool.query(
    "insert into role_assignment (account_id, role, organization_id, site_id) values ($1, $2, $3, $4)",
    [accountId, role, organizationId, siteId],
  );
}

describe("the actor", () => {
  test("has the grants of that one person", async () => {
    const { organizationId, siteId } = await world.addOrganization();
    const elsewhere = await world.addOrganization();
    const dana = await world.addPerson({ name: "Dana Murphy" });
    const other = await world.addPerson();
    await grant(dana.accountId, "SITE_ADMIN", organizationId, siteId);
    await grant(dana.accountId, "MEMBER", organizationId, null);
    await grant(other.accountId, "ORGANIZATION_ADMIN", organizationId, null);
    await grant(other.accountId, "ORGANIZATION_ADMIN", elsewhere.organizationId, null);
    const cookie = await world.signIn(dana.email);
    const actor = await loadActor(world.auth, world.pool, new Headers({ cookie }));
    const { rows } = await world.pool.query("select id, expires_at from auth_session where user_id = $1", [
      dana.userId,
    ]);
    expect(actor).toEqual({
      accountId: dana.accountId,
      email: dana.email,
      name: "Dana Murphy",
      sessionId: rows[0].id,
      sessionExpiresAt: rows[0].expires_at,
      grants: [
        { role: "SITE_ADMIN", organizationId, siteId, productId: null },
        { role: "MEMBER", organizationId, siteId: null, productId: null },
      ],
    });
  });

  test("is found from the headers of a websocket upgrade, and on a connection of the caller", async () => {
    const { email, accountId } = await world.addPerson();
    const cookie = await world.signIn(email);
    const client = await world.pool.connect();
    try {
      const actor = await loadActor(world.auth, client, { upgrade: "websocket", cookie });
      expect(actor).toMatchObject({ accountId, grants: [] });
    } finally {
      client.release();
    }
  });

  test("loses a role the moment it is taken away", async () => {
    const { organizationId } = await world.addOrganization();
    const { email, accountId } = await world.addPerson();
    await grant(accountId, "ORGANIZATION_ADMIN", organizationId, null);
    const headers = new Headers({ cookie: await world.signIn(email) });
    expect((await loadActor(world.auth, world.pool, headers))?.grants).toHaveLength(1);
    await world.pool.query("delete from role_assignment where account_id = $1", [accountId]);
    expect((await loadActor(world.auth, world.pool, headers))?.grants).toEqual([]);
  });

  test("shows the account's name and email of today", async () => {
    const { email, accountId } = await world.addPerson({ name: "Before" });
    const headers = new Headers({ cookie: await world.signIn(email) });
    await world.pool.query("update account set name = 'After' where id = $1", [accountId]);
    expect((await loadActor(world.auth, world.pool, headers))?.name).toBe("After");
  });

  test.each([
    ["no cookie", undefined],
    ["somebody's guess", "rehome.session_token=abcdefghijklmnopqrstuvwxyzABCDEF.c2lnbmF0dXJl"],
    ["nonsense", "rehome.session_token=%E0%A4%A; =;"],
  ])("is nobody with %s", async (_case, cookie) => {
    expect(await loadActor(world.auth, world.pool, cookie === undefined ? {} : { cookie })).toBeNull();
  });

  test("is nobody with a cookie changed in one letter", async () => {
    const { email } = await world.addPerson();
    const cookie = await world.signIn(email);
    const changed = cookie.replace(
      /token=(.)/,
      (_all, letter: string) => `token=${letter === "a" ? "b" : "a"}`,
    );
    expect(await loadActor(world.auth, world.pool, { cookie: changed })).toBeNull();
    expect(await loadActor(world.auth, world.pool, { cookie })).not.toBeNull();
  });

  test("is nobody when the session has expired", async () => {
    const { email, userId } = await world.addPerson();
    const cookie = await world.signIn(email);
    await world.expireSessions(userId);
    expect(await loadActor(world.auth, world.pool, { cookie })).toBeNull();
  });

  test("is the same among other cookies, and nobody with a second signature behind the first", async () => {
    const { email, accountId } = await world.addPerson();
    const cookie = await world.signIn(email);
    const among = `theme=dark; ${cookie}; rehome.session_token=other`;
    expect(await loadActor(world.auth, world.pool, { cookie: among })).toMatchObject({ accountId });
    const behind = `rehome.session_token=other; ${cookie}`;
    expect(await loadActor(world.auth, world.pool, { cookie: behind })).toBeNull();
    const [, signature = ""] = decodeURIComponent(cookie).split(".").slice(-2);
    expect(await loadActor(world.auth, world.pool, { cookie: `${cookie}.${signature}` })).toBeNull();
  });

  test("is nobody when the database ended the session", async () => {
    const { email, userId } = await world.addPerson();
    const cookie = await world.signIn(email);
    await world.pool.query("delete from auth_session where user_id = $1", [userId]);
    expect(await loadActor(world.auth, world.pool, { cookie })).toBeNull();
  });
});

test("the statement answers nothing for an unknown session and changes nothing", async () => {
  const { rows, command } = await world.pool.query(findSessionActorStatement.text, ["no such hash"]);
  expect({ rows, command }).toEqual({ rows: [], command: "SELECT" });
  expect(findSessionActorStatement.label).toBe("signIn.findSessionActor");
});
