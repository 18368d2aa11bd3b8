import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadActor } from "../../packages/server/src/modules/sign-in/index.ts";
import { appCode, ask, enrol, refusal, takeFirstStep, type Enrolled } from "./second-step.ts";
import { openSignInWorld, password, readCookies, type SignInWorld } from "./sign-in-world.ts";

let world: SignInWorld;

beforeAll(async () => {
  world = await openSignInWorld();
});

afterAll(async () => {
  await world.close();
});

interface Overview {
  devices: { id: string; userAgent: string; isThis: boolean }[];
}

/** Signs in with a code on a browser that is to be remembered. */
async function rememberBrowser({ email, key }: Enrolled): Promise<{ session: string; device: string }> {
  const response = await world.send("/sign-in/two-step", {
    body: { code: appCode(key), rememberDevice: true },
    cookie: await takeFirstStep(world, email),
    headers: { "user-agent": "Firefox on the kitchen table" },
  });
  expect(response.status).toBe(200);
  const cookies = readCookies(response).split("; ");
  const find = (name: string): string => cookies.find((cookie) => cookie.startsWith(`rehome.${name}=`)) ?? "";
  return { session: find("session_token"), device: find("remembered_device") };
}

/** Whether the password alone is enough for a browser with this cookie. */
async function isEnough(email: string, cookie: string, typed = password): Promise<boolean> {
  const response = await world.send("/sign-in/email", { body: { email, password: typed }, cookie });
  expect(response.status).toBe(200);
  return !Object.hasOwn((await response.json()) as object, "twoStep");
}

describe("a remembered browser", () => {
  test("is not asked for a code, for thirty days and no longer", async () => {
    const person = await enrol(world);
    const { device } = await rememberBrowser(person);
    expect(await isEnough(person.email, device)).toBe(true);
    await world.pool.query(
      `update auth_remembered_device set created_at = created_at - interval '30 days', expires_at = expires_at - interval '30 days'
       where user_id = $1`,
      [person.userId],
    );
    expect(await isEnough(person.email, device)).toBe(false);
  });

  test("keeps its secret in a cookie that scripts cannot read; the database has a hash", async () => {
    const person = await enrol(world);
    const { device } = await rememberBrowser(person);
    const secret = device.split("=")[1] ?? "";
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const { rows } = await world.pool.query<{ secret_hash: Buffer; whole: string }>(
      "select secret_hash, d::text as whole from auth_remembered_device d where user_id = $1",
      [person.userId],
    );
    expect(rows[0]?.secret_hash).toEqual(createHash("sha256").update(secret).digest());
    expect(rows[0]?.whole).not.toContain(secret);
  });

  test("is remembered for its person alone, and lets nobody in by itself", async () => {
    const [person, other] = [await enrol(world), await enrol(world)];
    const { device } = await rememberBrowser(person);
    expect(await isEnough(other.email, device)).toBe(false);
    expect(await loadActor(world.auth, world.pool, new Headers({ cookie: device }))).toBeNull();
    const wrong = await world.send("/sign-in/email", {
      body: { email: person.email, password: "wrong horse battery staple" },
      cookie: device,
    });
    expect(wrong.status).toBe(401);
  });

  test("is listed with its name, told apart, and forgotten on request", async () => {
    const person = await enrol(world);
    const { session, device } = await rememberBrowser(person);
    const cookie = `${session}; ${device}`;
    const shown = (await (await world.send("/security/overview", { cookie })).json()) as Overview;
    expect(shown.devices).toMatchObject([{ userAgent: "Firefox on the kitchen table", isThis: true }]);
    const stranger = await enrol(world);
    const id = shown.devices[0]?.id;
    expect(await ask(world, "/security/devices/forget", { id }, stranger.cookie)).toEqual({ forgotten: 0 });
    expect(await ask(world, "/security/devices/forget", { id }, cookie)).toEqual({ forgotten: 1 });
    expect(await isEnough(person.email, device)).toBe(false);
  });

  test.each(["/revoke-other-sessions", "/revoke-sessions"])("is forgotten with %s", async (path) => {
    const person = await enrol(world);
    const { session, device } = await rememberBrowser(person);
    const pending = await takeFirstStep(world, person.email);
    await ask(world, path, {}, session);
    expect(await isEnough(person.email, device)).toBe(false);
    expect((await world.send("/sign-in/two-step/state", { cookie: pending })).status).toBe(401);
  });

  test("is forgotten when two-step sign-in goes off, also for when it comes on again", async () => {
    const person = await enrol(world);
    const { session, device } = await rememberBrowser(person);
    const code = person.recoveryCodes[0];
    await ask(world, "/security/two-step/turn-off", { password, code }, session);
    const { key } = await ask<{ key: string }>(world, "/security/two-step/begin", {}, session);
    await ask(world, "/security/two-step/confirm", { code: appCode(key) }, session);
    expect(await isEnough(person.email, device)).toBe(false);
  });
});

describe("changing the password", () => {
  test("ends other sessions, remembered browsers and sign-ins under way, and the old cookie of the session that asks", async () => {
    const person = await enrol(world);
    const { session, device } = await rememberBrowser(person);
    const pending = await takeFirstStep(world, person.email);
    const newPassword = "a lantern over the harbour";
    const response = await world.send("/change-password", {
      body: { currentPassword: password, newPassword },
      cookie: session,
    });
    expect(response.status).toBe(200);
    const live = [];
    for (const cookie of [person.cookie, session, readCookies(response)]) {
      live.push((await loadActor(world.auth, world.pool, new Headers({ cookie }))) !== null);
    }
    expect(live).toEqual([false, false, true]);
    expect(await isEnough(person.email, device, newPassword)).toBe(false);
    expect((await world.send("/sign-in/two-step/state", { cookie: pending })).status).toBe(401);
  });

  test("tells why a new password is refused, and measures it by the second step", async () => {
    const { organizationId } = await world.addOrganization();
    await world.pool.query("update organization set name = 'Northwind Traders' where id = $1", [
      organizationId,
    ]);
    const { email, accountId } = await world.addPerson({ name: "Dana Murphy" });
    await world.pool.query(
      "insert into role_assignment (account_id, role, organization_id) values ($1, 'ORGANIZATION_ADMIN', $2)",
      [accountId, organizationId],
    );
    const cookie = await world.signIn(email);
    const change = (newPassword: string): ReturnType<typeof refusal> =>
      refusal(world, "/change-password", { currentPassword: password, newPassword }, cookie);
    expect(await change("tulip7gx")).toMatchObject({ code: "PASSWORD_TOO_SHORT" });
    expect(await change("sunshinefootball")).toMatchObject({ code: "PASSWORD_COMMON" });
    expect(await change("northwind traders!")).toMatchObject({
      status: 400,
      code: "PASSWORD_GUESSABLE",
      message: expect.stringContaining("“northwind”"),
    });
    const { key } = await ask<{ key: string }>(world, "/security/two-step/begin", {}, cookie);
    await ask(world, "/security/two-step/confirm", { code: appCode(key) }, cookie);
    await ask(world, "/change-password", { currentPassword: password, newPassword: "tulip7gx" }, cookie);
  });

  test("that happens during a sign-in with the old one leaves no session of the old one", async () => {
    const { email, userId } = await world.addPerson();
    const cookie = await world.signIn(email);
    const newPassword = "a lantern over the harbour";
    const [changed, ...others] = await Promise.all([
      world.send("/change-password", { body: { currentPassword: password, newPassword }, cookie }),
      ...Array.from({ length: 6 }, () => world.send("/sign-in/email", { body: { email, password } })),
    ]);
    expect(changed?.status).toBe(200);
    const kept = readCookies(changed as Response);
    for (const other of others) {
      expect(other.status === 401 || !(await isLive(readCookies(other)))).toBe(true);
    }
    expect(await isLive(kept)).toBe(true);
    const { rows } = await world.pool.query("select 1 from auth_session where user_id = $1", [userId]);
    expect(rows).toHaveLength(1);
  });
});

async function isLive(cookie: string): Promise<boolean> {
  return (await loadActor(world.auth, world.pool, new Headers({ cookie }))) !== null;
}
