import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issueProof } from "../../packages/server/src/modules/proof/index.ts";
import { createSignIn } from "../../packages/server/src/modules/sign-in/index.ts";
import { testPassword } from "../kit/server.ts";
import { makeWorld, uploadAndApply } from "../kit/world.ts";
import { freshPassword, openRecoveryWorld, type RecoveryWorld } from "../recovery/recovery-world.ts";

/**
 * The five attacks of "Pre-hijacked accounts" (Sudhodanan and Paverd, 2022), each as far as this product has what it
 * needs, and two of our own: somebody prepares an account before its owner comes, and waits. The owner then confirms
 * the address; whatever was prepared must open nothing.
 */
let world: RecoveryWorld;

beforeAll(async () => {
  world = await openRecoveryWorld();
});

afterAll(async () => {
  await world?.stop();
});

type Account = { id: string; email: string };

/** The owner comes, asks for the mail at the sign-in page and sets their own password. */
async function ownerConfirms({ email }: Account): Promise<void> {
  const secret = await world.askForLink("send-verification", email);
  const path = (await world.letters(email)).at(-1)?.text.includes("/finish/")
    ? "finish-account"
    : "verify-email";
  const answer = await world.post(`/api/recovery/${path}`, {
    secret,
    password: freshPassword,
    name: "The Owner",
  });
  expect(answer).toEqual({ status: 200, body: { email } });
  expect((await world.signIn(email, freshPassword)).status).toBe(200);
}

/** A session from before there was a proof, past the guard that refuses one. */
async function plantSession(userId: string): Promise<void> {
  await world.server.pool.query(
    `begin; alter table auth_session disable trigger insist_on_proven_account;
     insert into auth_session (user_id, token, expires_at)
     values ('${userId}', rpad('planted', 43, 'x'), now() + interval '1 day');
     alter table auth_session enable trigger insist_on_proven_account; commit`,
  );
}

async function countRows(sql: string, id: string): Promise<number> {
  return (await world.server.pool.query(sql, [id])).rowCount ?? 0;
}

describe("an account prepared by somebody else is its owner's after the first proof", () => {
  it("classic-federated merge: the attacker's password and the owner's proof do not end in one account of both", async () => {
    const victim = await world.unproven();
    await world.plantPassword(victim);
    expect((await world.signIn(victim.email, testPassword)).status).toBe(403);
    await ownerConfirms(victim);
    expect((await world.signIn(victim.email, testPassword)).status).toBe(401);
  });

  it("unexpired session: one that the attacker kept open ends with the proof", async () => {
    const victim = await world.unproven();
    const userId = await world.plantPassword(victim);
    await plantSession(userId);
    await ownerConfirms(victim);
    expect(
      await countRows(
        `select from auth_session s join auth_user u on u.id = s.user_id
         where u.account_id = $1 and s.token like 'planted%'`,
        victim.id,
      ),
    ).toBe(0);
  });

  it("unexpired session: an API token that the attacker made is revoked", async () => {
    const victim = await world.unproven();
    await world.server.pool.query(
      `insert into api_token (account_id, name, hint, secret_hash, scope, expires_at)
       values ($1, 'planted', 'rhm_abcd', sha256($2::bytea), 'MIGRATE', now() + interval '300 days')`,
      [victim.id, victim.id],
    );
    await ownerConfirms(victim);
    expect(
      await countRows("select from api_token where account_id = $1 and revoked_at is null", victim.id),
    ).toBe(0);
  });

  it("trojan identifier: another address or another provider to sign in with is gone", async () => {
    const victim = await world.unproven();
    const userId = await world.plantPassword(victim);
    await world.server.pool.query("update auth_user set email = 'attacker@evil.example' where id = $1", [
      userId,
    ]);
    await world.server.pool.query(
      "insert into auth_credential (user_id, account_id, provider_id) values ($1, 'attacker', 'google')",
      [userId],
    );
    await ownerConfirms(victim);
    expect((await world.signIn("attacker@evil.example", testPassword)).status).toBe(401);
    const { rows } = await world.server.pool.query(
      `select u.email, c.provider_id from auth_user u join auth_credential c on c.user_id = u.id
       where u.account_id = $1`,
      [victim.id],
    );
    expect(rows).toEqual([{ email: victim.email, provider_id: "credential" }]);
  });

  it("unexpired email change: a change that the attacker began moves nothing any more", async () => {
    const victim = await world.unproven();
    const { secret } = await issueProof(world.server.database.orm.em.fork(), {
      purpose: "CHANGE_EMAIL",
      email: "attacker@evil.example",
      accountId: victim.id,
    });
    await ownerConfirms(victim);
    expect((await world.post("/api/recovery/change-email/confirm", { secret })).status).toBe(410);
    expect((await world.signIn(victim.email, freshPassword)).status).toBe(200);
  });

  it("unexpired link: one that the attacker got at an address they hold is for that address alone", async () => {
    const victim = await world.unproven();
    const { secret } = await issueProof(world.server.database.orm.em.fork(), {
      purpose: "RESET_PASSWORD",
      email: "attacker@evil.example",
      accountId: victim.id,
    });
    expect(
      (await world.post("/api/recovery/reset-password", { secret, password: testPassword })).status,
    ).toBe(410);
    await ownerConfirms(victim);
  });

  it("non-verifying provider: email_verified in the sign-in table is no proof", async () => {
    const victim = await world.unproven();
    const userId = await world.plantPassword(victim);
    await world.server.pool.query("update auth_user set email_verified = true where id = $1", [userId]);
    expect((await world.signIn(victim.email, testPassword)).status).toBe(403);
    await ownerConfirms(victim);
    expect((await world.signIn(victim.email, testPassword)).status).toBe(401);
  });
});

describe("an account planted by an organization", () => {
  it("through an upload, with a password set by the attacker: the owner alone gets in, and keeps the sites", async () => {
    const acme = await makeWorld(world.server, "Evil");
    await uploadAndApply(
      acme.admin,
      acme.source.id,
      "email,name,account type\nvictim@bank.example,Planted,Atlassian account\n",
      "CUSTOMERS",
    );
    const { rows } = await world.server.pool.query("select id, email from account where email = $1", [
      "victim@bank.example",
    ]);
    const victim = rows[0] as Account;
    await world.plantPassword(victim);
    expect((await world.signIn(victim.email, testPassword)).status).toBe(403);
    await ownerConfirms(victim);
    expect((await world.signIn(victim.email, testPassword)).status).toBe(401);
    expect(await countRows("select from site_account where account_id = $1", victim.id)).toBe(1);
    const log = await world.server.pool.query(
      "select summary, after from audit_entry where action = $1 and subject_id = $2",
      ["account.prove", victim.id],
    );
    expect(log.rows).toMatchObject([{ after: { passwords: 1, sessions: 0, apiTokens: 0, links: 0 } }]);
  });

  it("through an invitation that the attacker sent: its link ends with the owner's own proof", async () => {
    const victim = await world.unproven();
    const organization = await makeWorld(world.server, "Inviting");
    const { secret } = await issueProof(world.server.database.orm.em.fork(), {
      purpose: "INVITATION",
      email: victim.email,
      accountId: victim.id,
      organizationId: organization.organizationId,
    });
    await world.plantPassword(victim);
    await ownerConfirms(victim);
    const { rows } = await world.server.pool.query(
      "select from email_proof where account_id = $1 and purpose = 'INVITATION' and revoked_at is null",
      [victim.id],
    );
    expect(rows).toHaveLength(0);
    expect(
      (await world.post("/api/recovery/finish-account", { secret, password: testPassword, name: "X" }))
        .status,
    ).toBe(410);
    expect((await world.signIn(victim.email, testPassword)).status).toBe(401);
  });

  it("making the sign-in again on the server does not vouch for a password that somebody planted", async () => {
    const victim = await world.unproven();
    await world.plantPassword(victim);
    await createSignIn(world.server.pool, {
      accountId: victim.id,
      email: victim.email,
      name: "Owner",
      password: freshPassword,
    });
    expect((await world.signIn(victim.email, testPassword)).status).toBe(403);
    await ownerConfirms(victim);
  });
});
