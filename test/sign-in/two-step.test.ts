import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadActor } from "../../packages/server/src/modules/sign-in/index.ts";
import { appCode, ask, enrol, forgetSpentCodes, refusal, takeFirstStep, wrongCode } from "./second-step.ts";
import { openSignInWorld, password, readCookies, type SignInWorld } from "./sign-in-world.ts";

let world: SignInWorld;

beforeAll(async () => {
  world = await openSignInWorld();
});

afterAll(async () => {
  await world.close();
});

async function isSession(cookie: string): Promise<boolean> {
  return (await loadActor(world.auth, world.pool, new Headers({ cookie }))) !== null;
}

/** Sends a code and gives the answer. */
function sendCode(cookie: string, code: string, rememberDevice = false): Promise<Response> {
  return world.send("/sign-in/two-step", { body: { code, rememberDevice }, cookie });
}

async function actionsOf(accountId: string): Promise<string[]> {
  const { rows } = await world.pool.query<{ action: string }>(
    "select action from audit_entry where subject_id = $1 order by at, id",
    [accountId],
  );
  return rows.map((row) => row.action);
}

describe("setting two-step sign-in up", () => {
  test("takes a first right code, and until then nothing is asked for", async () => {
    const { email } = await world.addPerson();
    const cookie = await world.signIn(email);
    const { key, uri } = await ask<{ key: string; uri: string }>(
      world,
      "/security/two-step/begin",
      {},
      cookie,
    );
    expect(uri).toBe(`otpauth://totp/Rehome:${encodeURIComponent(email)}?secret=${key}&issuer=Rehome`);
    const wrong = await refusal(world, "/security/two-step/confirm", { code: wrongCode(key) }, cookie);
    expect(wrong).toMatchObject({ status: 400, code: "WRONG_CODE" });
    await world.signIn(email);
    await ask(world, "/security/two-step/confirm", { code: appCode(key) }, cookie);
    await takeFirstStep(world, email);
  });

  test("keeps neither the key nor a recovery code readable", async () => {
    const { userId, key, recoveryCodes } = await enrol(world);
    const { rows } = await world.pool.query<{ whole: string }>(
      `select t::text || (select string_agg(r::text, ' ') from auth_recovery_code r where r.user_id = t.user_id)
         || (select string_agg(m::text, ' ') from mail_outbox m) as whole
       from auth_two_step t where user_id = $1`,
      [userId],
    );
    const whole = rows[0]?.whole ?? "";
    expect(whole).toContain(userId);
    for (const secret of [key, ...recoveryCodes]) {
      for (const form of [secret, secret.replaceAll("-", ""), Buffer.from(secret).toString("hex")]) {
        expect(whole.toLowerCase()).not.toContain(form.toLowerCase());
      }
    }
  });

  test("needs the person to have shown that it is them in the last ten minutes", async () => {
    const { email, userId } = await world.addPerson();
    const cookie = await world.signIn(email);
    await world.pool.query(
      "update auth_session set confirmed_at = now() - interval '11 minutes' where user_id = $1",
      [userId],
    );
    const early = await refusal(world, "/security/two-step/begin", {}, cookie);
    expect(early).toMatchObject({ status: 403, code: "CONFIRM_FIRST" });
    const mistyped = await refusal(world, "/security/confirm", { password: "not the password" }, cookie);
    expect(mistyped).toMatchObject({ status: 400, code: "WRONG_PASSWORD" });
    await ask(world, "/security/confirm", { password }, cookie);
    await ask(world, "/security/two-step/begin", {}, cookie);
  });

  test("cannot be begun again over one that is on", async () => {
    const { cookie } = await enrol(world);
    expect(await refusal(world, "/security/two-step/begin", {}, cookie)).toMatchObject({
      code: "TWO_STEP_ON",
    });
  });

  test("is told to the organizations of the person and to the person by mail", async () => {
    const { organizationId } = await world.addOrganization();
    const { accountId, email } = await world.addPerson();
    await world.pool.query(
      "insert into role_assignment (account_id, role, organization_id) values ($1, 'ORGANIZATION_ADMIN', $2)",
      [accountId, organizationId],
    );
    const cookie = await world.signIn(email);
    const { key } = await ask<{ key: string }>(world, "/security/two-step/begin", {}, cookie);
    await ask(world, "/security/two-step/confirm", { code: appCode(key) }, cookie);
    expect(await actionsOf(accountId)).toEqual(["sign_in.two_step_on"]);
    const { rows } = await world.pool.query(
      "select purpose, to_address, subject from mail_outbox where account_id = $1",
      [accountId],
    );
    expect(rows).toEqual([
      { purpose: "security.two_step_on", to_address: email, subject: "Two-step sign-in is on" },
    ]);
  });
});

describe("the second step", () => {
  test("gives a session for a right code, as long as the first step asked for", async () => {
    const { email, key } = await enrol(world);
    const pending = await takeFirstStep(world, email);
    const response = await sendCode(pending, appCode(key));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ user: { email } });
    expect(await isSession(readCookies(response))).toBe(true);
  });

  test("what the first step gives is no session and opens nothing", async () => {
    const { email } = await enrol(world);
    const response = await world.send("/sign-in/email", { body: { email, password } });
    const [cookie = "", ...others] = response.headers.getSetCookie();
    expect(others).toEqual([]);
    expect(cookie).toMatch(/^rehome\.two_step=[A-Za-z0-9_-]{43};/);
    for (const attribute of ["Max-Age=300", "Path=/", "HttpOnly", "SameSite=Lax"]) {
      expect(cookie).toContain(attribute);
    }
    const pending = readCookies(response);
    expect(await isSession(pending)).toBe(false);
    expect(await (await world.send("/get-session", { cookie: pending })).json()).toBeNull();
    const value = pending.split("=")[1] ?? "";
    expect(await isSession(`rehome.session_token=${value}`)).toBe(false);
    for (const path of ["/security/two-step/begin", "/change-password", "/security/passkeys/options"]) {
      const tried = await world.send(path, {
        body: { currentPassword: password, newPassword: "another horse, another staple" },
        cookie: pending,
      });
      expect([path, tried.status]).toEqual([path, 401]);
    }
    expect((await world.send("/security/overview", { cookie: pending })).status).toBe(401);
  });

  test("the cookie that a stranger planted before is worth nothing afterwards", async () => {
    const { email, key } = await enrol(world);
    const planted = await takeFirstStep(world, email);
    const response = await sendCode(planted, appCode(key));
    expect(response.status).toBe(200);
    expect(await isSession(planted)).toBe(false);
    await forgetSpentCodes(world, (await findUser(email)) ?? "");
    const again = await sendCode(planted, appCode(key));
    expect([again.status, await again.json()]).toMatchObject([401, { code: "SIGN_IN_RAN_OUT" }]);
  });

  test("runs out after five minutes", async () => {
    const { email, key, userId } = await enrol(world);
    const pending = await takeFirstStep(world, email);
    await world.pool.query(
      `update auth_pending_sign_in set created_at = created_at - interval '5 minutes', expires_at = expires_at - interval '5 minutes'
       where user_id = $1`,
      [userId],
    );
    expect((await sendCode(pending, appCode(key))).status).toBe(401);
    expect((await world.send("/sign-in/two-step/state", { cookie: pending })).status).toBe(401);
  });

  test("refuses a code that was used, also in another sign-in", async () => {
    const { email, key } = await enrol(world);
    const [first, second] = [await takeFirstStep(world, email), await takeFirstStep(world, email)];
    const code = appCode(key);
    expect((await sendCode(first, code)).status).toBe(200);
    const replayed = await sendCode(second, code);
    expect([replayed.status, await replayed.json()]).toMatchObject([400, { code: "CODE_USED" }]);
  });

  test("refuses a code older than the last one that was used", async () => {
    const { email, key } = await enrol(world);
    const [first, second] = [await takeFirstStep(world, email), await takeFirstStep(world, email)];
    expect((await sendCode(first, appCode(key, 1))).status).toBe(200);
    expect((await sendCode(second, appCode(key, 0))).status).toBe(400);
  });

  test("lets one in of many who send the same code at once", async () => {
    const { email, key, userId } = await enrol(world);
    const pendings = [];
    for (let count = 0; count < 4; count += 1) {
      pendings.push(await takeFirstStep(world, email));
    }
    const code = appCode(key);
    const before = await countSessions(userId);
    const answers = await Promise.all([...pendings, ...pendings].map((cookie) => sendCode(cookie, code)));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(await countSessions(userId)).toBe(before + 1);
  });

  test("is not asked for where nobody turned it on", async () => {
    const { email } = await world.addPerson();
    expect(await isSession(await world.signIn(email))).toBe(true);
  });
});

describe("wrong codes", () => {
  test("five of them end the sign-in and lock codes, by the person and longer each time", async () => {
    const { email, key, userId, accountId } = await enrol(world);
    const { organizationId } = await world.addOrganization();
    await world.pool.query(
      "insert into role_assignment (account_id, role, organization_id) values ($1, 'ORGANIZATION_ADMIN', $2)",
      [accountId, organizationId],
    );
    const [pending, other] = [await takeFirstStep(world, email), await takeFirstStep(world, email)];
    const messages = [];
    for (let count = 0; count < 4; count += 1) {
      // In turn from two sign-ins: it is the person who is counted.
      const answer = await sendCode(count % 2 === 0 ? pending : other, wrongCode(key));
      messages.push(((await answer.json()) as { message: string }).message);
    }
    expect(messages.at(-1)).toBe("The code is wrong or has run out. One try is left.");
    const last = await sendCode(pending, wrongCode(key));
    expect(last.status).toBe(429);
    const told = (await last.json()) as { code: string; lockedUntil: string };
    expect(told.code).toBe("TWO_STEP_LOCKED");
    expect(minutesUntil(told.lockedUntil)).toBeCloseTo(5, 0);
    // Both sign-ins are over, the right code does not help, and the password alone begins no new one.
    expect((await sendCode(other, appCode(key))).status).toBe(401);
    const again = await world.send("/sign-in/email", { body: { email, password } });
    expect([again.status, again.headers.getSetCookie()]).toEqual([429, []]);
    expect(await actionsOf(accountId)).toEqual(["sign_in.lock_two_step"]);

    await world.pool.query("update auth_two_step set locked_until = now() where user_id = $1", [userId]);
    const later = await takeFirstStep(world, email);
    for (let count = 0; count < 4; count += 1) {
      await sendCode(later, wrongCode(key));
    }
    const longer = (await (await sendCode(later, wrongCode(key))).json()) as { lockedUntil: string };
    expect(minutesUntil(longer.lockedUntil)).toBeCloseTo(10, 0);
  });

  test("are forgiven by a right one", async () => {
    const { email, key, userId } = await enrol(world);
    const pending = await takeFirstStep(world, email);
    await sendCode(pending, wrongCode(key));
    expect((await sendCode(pending, appCode(key))).status).toBe(200);
    const { rows } = await world.pool.query(
      "select wrong_codes, locks, locked_until from auth_two_step where user_id = $1",
      [userId],
    );
    expect(rows).toEqual([{ wrong_codes: 0, locks: 0, locked_until: null }]);
  });

  test("count at the page of security as at the sign-in", async () => {
    const { cookie, key } = await enrol(world);
    const answers = [];
    for (let count = 0; count < 5; count += 1) {
      const given = { password, code: wrongCode(key) };
      answers.push((await refusal(world, "/security/confirm", given, cookie)).code);
    }
    expect(answers).toEqual([...Array.from({ length: 4 }, () => "WRONG_CODE"), "TWO_STEP_LOCKED"]);
  });
});

describe("recovery codes", () => {
  test("work once each, however they are typed", async () => {
    const { email, recoveryCodes } = await enrol(world);
    const [code = ""] = recoveryCodes;
    const first = await sendCode(await takeFirstStep(world, email), code.toUpperCase().replaceAll("-", " "));
    expect(first.status).toBe(200);
    const second = await sendCode(await takeFirstStep(world, email), code);
    expect([second.status, await second.json()]).toMatchObject([400, { code: "WRONG_CODE" }]);
  });

  test("of two who bring the same one at once, one gets in", async () => {
    const { email, recoveryCodes } = await enrol(world);
    const pendings = [await takeFirstStep(world, email), await takeFirstStep(world, email)];
    const answers = await Promise.all(pendings.map((cookie) => sendCode(cookie, recoveryCodes[3] ?? "")));
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 400]);
  });

  test("of somebody else do not work", async () => {
    const [mine, theirs] = [await enrol(world), await enrol(world)];
    const answer = await sendCode(await takeFirstStep(world, mine.email), theirs.recoveryCodes[0] ?? "");
    expect(answer.status).toBe(400);
  });

  test("are replaced all at once", async () => {
    const { email, cookie, recoveryCodes } = await enrol(world);
    const made = await ask<{ recoveryCodes: string[] }>(
      world,
      "/security/two-step/recovery-codes",
      {},
      cookie,
    );
    expect(made.recoveryCodes).toHaveLength(10);
    const old = await sendCode(await takeFirstStep(world, email), recoveryCodes[0] ?? "");
    const fresh = await sendCode(await takeFirstStep(world, email), made.recoveryCodes[9] ?? "");
    expect([old.status, fresh.status]).toEqual([400, 200]);
  });
});

describe("turning it off", () => {
  test("needs the password and a code, and leaves nothing behind", async () => {
    const { email, cookie, key, userId } = await enrol(world);
    const path = "/security/two-step/turn-off";
    expect(await refusal(world, path, { password, code: "" }, cookie)).toMatchObject({ code: "CODE_NEEDED" });
    const mistyped = { password: "not the password", code: appCode(key) };
    expect(await refusal(world, path, mistyped, cookie)).toMatchObject({ code: "WRONG_PASSWORD" });
    await ask(world, path, { password, code: appCode(key) }, cookie);
    const { rows } = await world.pool.query(
      `select (select count(*) from auth_two_step where user_id = $1)
         + (select count(*) from auth_recovery_code where user_id = $1) as left`,
      [userId],
    );
    expect(rows).toEqual([{ left: "0" }]);
    await world.signIn(email);
  });

  test("is refused while the password is one that needs the second step", async () => {
    const { cookie, key } = await enrol(world);
    const short = "tulip7gx";
    const changed = await world.send("/change-password", {
      body: { currentPassword: password, newPassword: short },
      cookie,
    });
    expect(changed.status).toBe(200);
    const given = { password: short, code: appCode(key) };
    const answer = await refusal(world, "/security/two-step/turn-off", given, readCookies(changed));
    expect(answer).toMatchObject({ code: "PASSWORD_TOO_SHORT" });
    expect(answer.message).toContain("at least 15 characters");
  });
});

async function findUser(email: string): Promise<string | undefined> {
  const { rows } = await world.pool.query<{ id: string }>("select id from auth_user where email = $1", [
    email,
  ]);
  return rows[0]?.id;
}

async function countSessions(userId: string): Promise<number> {
  const { rows } = await world.pool.query<{ count: number }>(
    "select count(*)::int from auth_session where user_id = $1",
    [userId],
  );
  return rows[0]?.count ?? 0;
}

function minutesUntil(time: string): number {
  return (Date.parse(time) - Date.now()) / 60_000;
}
