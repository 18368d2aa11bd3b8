import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashRecoveryCode } from "../../packages/server/src/modules/sign-in/two-step/recovery-codes.ts";
import { sealTotpSecret } from "../../packages/server/src/modules/sign-in/two-step/sealed-secret.ts";
import { secretIn } from "../kit/letters.ts";
import { testPassword } from "../kit/server.ts";
import { makeWorld } from "../kit/world.ts";
import { openRecoveryWorld, type RecoveryWorld } from "./recovery-world.ts";

let world: RecoveryWorld;

beforeAll(async () => {
  world = await openRecoveryWorld();
});

afterAll(async () => {
  await world?.stop();
});

/** Somebody signed in, and the address they would like. */
async function begin() {
  const person = await world.person();
  const { cookie } = await world.signIn(person.email, testPassword);
  return { ...person, cookie, newEmail: `${randomUUID()}@new.example` };
}

const ask = (cookie: string, newEmail: string, password = testPassword) =>
  world.post("/api/recovery/change-email", { newEmail, password }, { cookie });
const confirm = (secret: string, cookie?: string) =>
  world.post("/api/recovery/change-email/confirm", { secret }, cookie === undefined ? {} : { cookie });

async function pendingOf(cookie: string): Promise<unknown> {
  const response = await fetch(`${world.server.url}/api/recovery/change-email`, { headers: { cookie } });
  return ((await response.json()) as { pending: unknown }).pending;
}

describe("another email", () => {
  it("waits for the new address, is told to the old one, and then counts everywhere at once", async () => {
    const { id, email, cookie, newEmail } = await begin();
    const elsewhere = (await world.signIn(email, testPassword)).cookie;
    const asked = await ask(cookie, ` ${newEmail.toUpperCase()} `);
    expect(asked).toMatchObject({ status: 200, body: { email, pending: { newEmail } } });
    expect(await pendingOf(cookie)).toMatchObject({ newEmail });
    expect((await world.letters(email)).map(({ subject }) => subject)).toEqual([
      "Your email is about to change",
    ]);
    expect((await world.signIn(newEmail, testPassword)).status).toBe(401);

    const secret = secretIn((await world.letters(newEmail)).at(-1));
    expect(await confirm(secret, cookie)).toEqual({ status: 200, body: { email: newEmail } });
    expect(await world.whoIs(cookie)).toBe(newEmail);
    expect(await world.whoIs(elsewhere)).toBeNull();
    expect((await world.signIn(email, testPassword)).status).toBe(401);
    expect((await world.signIn(newEmail, testPassword)).status).toBe(200);
    expect(await pendingOf(cookie)).toBeNull();
    const { rows } = await world.server.pool.query(
      "select a.email, u.email as sign_in from account a join auth_user u on u.account_id = a.id where a.id = $1",
      [id],
    );
    expect(rows).toEqual([{ email: newEmail, sign_in: newEmail }]);
    expect((await world.letters(email)).at(-1)?.subject).toBe("Your email was changed");
    expect((await confirm(secret)).status).toBe(410);
  });

  it("ends every session when the link is followed by somebody who is not signed in", async () => {
    const { cookie, newEmail } = await begin();
    await ask(cookie, newEmail);
    await confirm(secretIn((await world.letters(newEmail)).at(-1)));
    expect(await world.whoIs(cookie)).toBeNull();
  });

  it("makes links to the old address worthless", async () => {
    const { email, cookie, newEmail } = await begin();
    const reset = await world.askForLink("request-password-reset", email);
    await ask(cookie, newEmail);
    await confirm(secretIn((await world.letters(newEmail)).at(-1)));
    const answer = await world.post("/api/recovery/reset-password", {
      secret: reset,
      password: "an attacker's passphrase",
    });
    expect(answer.status).toBe(410);
  });

  it("needs the password, and a session", async () => {
    const { cookie, newEmail } = await begin();
    expect(await ask(cookie, newEmail, "wrong horse battery staple")).toMatchObject({
      status: 400,
      body: { code: "WRONG_PASSWORD", field: "password" },
    });
    expect(await ask("", newEmail)).toMatchObject({ status: 401, body: { code: "UNAUTHENTICATED" } });
    expect(await world.letters(newEmail)).toHaveLength(0);
  });

  it("needs a code as well where two-step sign-in is on, and takes it once", async () => {
    const { id, cookie, newEmail } = await begin();
    const { rows } = await world.server.pool.query("select id from auth_user where account_id = $1", [id]);
    const userId: string = rows[0].id;
    await world.server.pool.query(
      "insert into auth_two_step (user_id, sealed_secret, confirmed_at) values ($1, $2, now())",
      [userId, sealTotpSecret(world.services.secrets, userId, Buffer.alloc(20, 7))],
    );
    const recoveryCode = "ABCD-EFGH-JKLM-NPQR";
    await world.server.pool.query("insert into auth_recovery_code (user_id, code_hash) values ($1, $2)", [
      userId,
      hashRecoveryCode(userId, recoveryCode),
    ]);
    const withCode = (code: string | null) =>
      world.post("/api/recovery/change-email", { newEmail, password: testPassword, code }, { cookie });
    for (const code of [null, " ", "000000", "ABCD-EFGH-JKLM-NPQA"]) {
      expect(await withCode(code)).toMatchObject({
        status: 400,
        body: { code: "CODE_NEEDED", field: "code" },
      });
    }
    expect(await world.letters(newEmail)).toHaveLength(0);
    expect((await withCode(recoveryCode)).status).toBe(200);
    expect((await withCode(recoveryCode)).status).toBe(400);
  });

  it("stops after ten tries in ten minutes, for this account alone", async () => {
    const first = await begin();
    const second = await begin();
    const statuses = [];
    for (let round = 0; round < 11; round += 1) {
      statuses.push((await ask(first.cookie, first.newEmail, "wrong horse battery staple")).status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(400), 429]);
    expect((await ask(second.cookie, second.newEmail)).status).toBe(200);
  });

  it("is stopped from the old address, which ends sessions and mails a link for a new password", async () => {
    const { email, cookie, newEmail } = await begin();
    await ask(cookie, newEmail);
    const secret = secretIn((await world.letters(email)).at(-1));
    expect(await world.post("/api/recovery/proof", { secret, purpose: "CANCEL_EMAIL_CHANGE" })).toMatchObject(
      { status: 200, body: { email } },
    );
    expect(await world.post("/api/recovery/change-email/refuse", { secret })).toEqual({
      status: 200,
      body: { email },
    });
    expect(await world.whoIs(cookie)).toBeNull();
    expect((await confirm(secretIn((await world.letters(newEmail)).at(-1)))).status).toBe(410);
    await world.ask("send-verification", email);
    expect((await world.letters(email)).map(({ subject }) => subject)).toContain("Set a new password");
  });

  it("is dropped by who asked for it, and by asking for another one", async () => {
    const { cookie, newEmail } = await begin();
    await ask(cookie, newEmail);
    const first = secretIn((await world.letters(newEmail)).at(-1));
    const other = `${randomUUID()}@new.example`;
    await ask(cookie, other);
    expect((await confirm(first)).status).toBe(410);
    await world.post("/api/recovery/change-email/drop", {}, { cookie });
    expect(await pendingOf(cookie)).toBeNull();
    expect((await confirm(secretIn((await world.letters(other)).at(-1)))).status).toBe(410);
  });
});

describe("an email that has an account", () => {
  it("is answered like any other; only its owner is told, and nothing is merged (R54)", async () => {
    const { email, cookie } = await begin();
    const taken = await world.person();
    const asked = await ask(cookie, taken.email);
    expect(asked).toMatchObject({ status: 200, body: { email, pending: { newEmail: taken.email } } });
    const [letter] = await world.letters(taken.email);
    expect(letter?.subject).toBe("This email already has an account");
    expect(() => secretIn(letter)).toThrow();
  });

  it("wins the race: who confirms later is told, and keeps the old one", async () => {
    const first = await begin();
    const second = await begin();
    await ask(first.cookie, first.newEmail);
    const firstSecret = secretIn((await world.letters(first.newEmail)).at(-1));
    await ask(second.cookie, first.newEmail);
    const secondSecret = secretIn((await world.letters(first.newEmail)).at(-1));
    const answers = await Promise.all([confirm(firstSecret), confirm(secondSecret)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: "EMAIL_TAKEN" });
    const { rows } = await world.server.pool.query("select from account where email = $1", [first.newEmail]);
    expect(rows).toHaveLength(1);
  });
});

describe("a managed address", () => {
  it("is changed by the organization's admins only, who are named to its own people", async () => {
    const acme = await makeWorld(world.server, "Acme");
    await world.server.pool.query("insert into claimed_domain (domain, organization_id) values ($1, $2)", [
      "acme.example",
      acme.organizationId,
    ]);
    const member = await world.person("member@acme.example");
    const { cookie } = await world.signIn(member.email, testPassword);
    expect(await ask(cookie, "elsewhere@new.example")).toMatchObject({
      status: 403,
      body: { code: "MANAGED", whoCanGrant: [expect.stringContaining("admin@acme.example")] },
    });
    const stranger = await begin();
    const refused = await ask(stranger.cookie, "stranger@acme.example");
    expect(refused).toMatchObject({
      status: 403,
      body: { code: "MANAGED", whoCanGrant: ["An admin of Acme"] },
    });
    expect((await ask(acme.admin.cookie, "admin2@acme.example")).status).toBe(200);
  });
});
