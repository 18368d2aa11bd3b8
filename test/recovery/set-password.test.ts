import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { secretIn } from "../kit/letters.ts";
import { testPassword } from "../kit/server.ts";
import { freshPassword, openRecoveryWorld, type RecoveryWorld } from "./recovery-world.ts";

let world: RecoveryWorld;

beforeAll(async () => {
  world = await openRecoveryWorld();
});

afterAll(async () => {
  await world?.stop();
});

const reset = (secret: string, more: Record<string, unknown> = {}) =>
  world.post("/api/recovery/reset-password", { secret, password: freshPassword, ...more });

describe("a forgotten password", () => {
  it("is replaced with the link in the mail, and every session ends", async () => {
    const { email } = await world.person();
    const before = await world.signIn(email, testPassword);
    const secret = await world.askForLink("request-password-reset", email);
    expect(await world.post("/api/recovery/proof", { secret, purpose: "RESET_PASSWORD" })).toMatchObject({
      status: 200,
      body: { email, accountEmail: email, name: null },
    });
    expect(await reset(secret)).toEqual({ status: 200, body: { email } });
    expect(await world.whoIs(before.cookie)).toBeNull();
    expect((await world.signIn(email, testPassword)).status).toBe(401);
    expect((await world.signIn(email, freshPassword)).status).toBe(200);
    expect((await world.letters(email)).map(({ subject }) => subject)).toEqual([
      "Set a new password",
      "Your password was changed",
    ]);
  });

  it("leaves API tokens as they are unless asked to end them", async () => {
    const { id, email } = await world.person();
    await world.server.pool.query(
      `insert into api_token (account_id, name, hint, secret_hash, scope, expires_at)
       values ($1, 'nightly', 'rhm_abcd', sha256($2::bytea), 'READ', now() + interval '1 day')`,
      [id, id],
    );
    const live = async () =>
      (
        await world.server.pool.query("select from api_token where account_id = $1 and revoked_at is null", [
          id,
        ])
      ).rowCount;
    await reset(await world.askForLink("request-password-reset", email));
    expect(await live()).toBe(1);
    await world.server.pool.query("update mail_outbox set created_at = now() - interval '1 hour'");
    await reset(await world.askForLink("request-password-reset", email), { endTokens: true });
    expect(await live()).toBe(0);
  });

  it("is told to the log of the organizations concerned", async () => {
    const { id, email } = await world.person();
    const { rows } = await world.server.pool.query(
      "insert into organization (name, distribution_list_words, bot_words) values ('Acme', '{}', '{}') returning id",
    );
    await world.server.pool.query(
      "insert into role_assignment (account_id, role, organization_id) values ($1, 'ORGANIZATION_ADMIN', $2)",
      [id, rows[0].id],
    );
    await reset(await world.askForLink("request-password-reset", email));
    const log = await world.server.pool.query("select action from audit_entry where organization_id = $1", [
      rows[0].id,
    ]);
    expect(log.rows).toEqual([{ action: "account.reset_password" }]);
  });

  it("refuses a short password and leaves the link as it was", async () => {
    const { email } = await world.person();
    const secret = await world.askForLink("request-password-reset", email);
    expect(await world.post("/api/recovery/reset-password", { secret, password: "short" })).toMatchObject({
      status: 400,
      body: { code: "PASSWORD_REFUSED", field: "password" },
    });
    expect((await reset(secret)).status).toBe(200);
  });
});

describe("a link", () => {
  it("works once, of two tabs for one", async () => {
    const { email } = await world.person();
    const secret = await world.askForLink("request-password-reset", email);
    const answers = await Promise.all([reset(secret), reset(secret), reset(secret)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410, 410]);
    expect(await reset(secret)).toMatchObject({ status: 410, body: { code: "LINK_DEAD" } });
  });

  it("is refused alike when it is guessed, used, run out or for something else", async () => {
    const { id, email } = await world.person();
    const used = await world.askForLink("request-password-reset", email);
    await reset(used);
    await world.server.pool.query("update mail_outbox set created_at = now() - interval '1 hour'");
    const old = await world.askForLink("request-password-reset", email);
    await world.server.pool.query(
      `update email_proof set created_at = now() - interval '20 minutes', expires_at = now() - interval '10 minutes'
       where account_id = $1 and consumed_at is null`,
      [id],
    );
    const other = await world.unproven();
    const finish = await world.askForLink("send-verification", other.email);
    const guessed = "x".repeat(43);
    const answers = await Promise.all([used, old, finish, guessed].map((secret) => reset(secret)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toHaveLength(1);
    const looks = await Promise.all(
      [used, old, finish, guessed].map((secret) =>
        world.post("/api/recovery/proof", { secret, purpose: "RESET_PASSWORD" }),
      ),
    );
    expect(new Set(looks.map((answer) => JSON.stringify(answer)))).toHaveLength(1);
    expect(looks[0]?.status).toBe(410);
  });

  it("ends with every other open link of the account", async () => {
    const { email } = await world.person();
    const first = await world.askForLink("request-password-reset", email);
    await world.server.pool.query("update mail_outbox set created_at = now() - interval '2 minutes'");
    const second = await world.askForLink("request-password-reset", email);
    expect((await reset(first)).status).toBe(410);
    expect((await reset(second)).status).toBe(200);
  });

  it("leads to the public address, whatever Host a request names", async () => {
    const { email } = await world.person();
    const { status } = await world.post(
      "/api/recovery/request-password-reset",
      { email },
      { headers: { "x-forwarded-host": "evil.example", forwarded: "host=evil.example" } },
    );
    expect(status).toBe(202);
    await world.ask("request-password-reset", email);
    const [letter] = await world.letters(email);
    expect(letter?.text).toContain(`${world.server.url}/recover/`);
    expect(`${letter?.text}${letter?.html}`).not.toContain("evil.example");
  });
});

describe("confirming and finishing", () => {
  it("an account that an upload made is finished with a name and a password", async () => {
    const { id, email } = await world.unproven();
    const secret = await world.askForLink("send-verification", email);
    expect(await world.post("/api/recovery/proof", { secret, purpose: "FINISH_ACCOUNT" })).toMatchObject({
      status: 200,
      body: { email },
    });
    const finish = { secret, password: freshPassword, name: "Ada Byron" };
    expect((await world.post("/api/recovery/finish-account", { ...finish, name: " " })).body).toMatchObject({
      code: "BAD_INPUT",
      field: "name",
    });
    // The address is the proof's: another one in the body changes nothing.
    expect(
      await world.post("/api/recovery/finish-account", { ...finish, email: "else@example.com" }),
    ).toEqual({ status: 200, body: { email } });
    const { cookie, body } = await world.signIn(email, freshPassword);
    expect(body).toMatchObject({ user: { email, name: "Ada Byron" } });
    expect(await world.whoIs(cookie)).toBe(email);
    const { rows } = await world.server.pool.query(
      "select name, proved_at is not null as proven from account where id = $1",
      [id],
    );
    expect(rows).toEqual([{ name: "Ada Byron", proven: true }]);
  });

  it("nobody signs in before, and is told how to go on", async () => {
    const account = await world.unproven();
    await world.plantPassword(account);
    expect(await world.signIn(account.email, testPassword)).toMatchObject({
      status: 403,
      body: { code: "EMAIL_NOT_CONFIRMED" },
    });
    expect((await world.signIn(account.email, "wrong horse battery staple")).status).toBe(401);
  });

  it("the password that was there may be entered again (R63)", async () => {
    const account = await world.unproven();
    await world.plantPassword(account);
    const secret = await world.askForLink("send-verification", account.email);
    expect(await world.post("/api/recovery/verify-email", { secret, password: testPassword })).toEqual({
      status: 200,
      body: { email: account.email },
    });
    expect((await world.signIn(account.email, testPassword)).status).toBe(200);
  });

  it("who is confirmed gets a word that nothing is to be done, and no link", async () => {
    const { email } = await world.person();
    await world.ask("send-verification", email);
    const [letter] = await world.letters(email);
    expect(letter?.subject).toBe("Your email is confirmed already");
    expect(() => secretIn(letter)).toThrow();
  });

  it("a session cannot even be written before", async () => {
    const account = await world.unproven();
    const userId = await world.plantPassword(account);
    await expect(
      world.server.pool.query(
        "insert into auth_session (user_id, token, expires_at) values ($1, 'x', now() + interval '1 day')",
        [userId],
      ),
    ).rejects.toMatchObject({ constraint: "auth_session_proven_account" });
  });
});
