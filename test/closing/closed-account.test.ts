import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reopenAsOperator } from "../../packages/server/src/modules/closing/index.ts";
import { issueProof } from "../../packages/server/src/modules/proof/index.ts";
import { createSignIn, importPasswordHashes } from "../../packages/server/src/modules/sign-in/index.ts";
import { runnerOnPool } from "../../packages/server/src/platform/database/pool-transaction.ts";
import type { EntityManager } from "../../packages/server/src/platform/database/orm.ts";
import { ApiClient } from "../kit/api-client.ts";
import { secretIn } from "../kit/letters.ts";
import { makeLinkedLogin, makeProduct } from "../kit/product-user-factories.ts";
import { insertRow } from "../kit/query.ts";
import { testPassword } from "../kit/server.ts";
import { makeToken } from "../kit/token-client.ts";
import { freshPassword } from "../recovery/recovery-world.ts";
import { openClosingWorld, type ClosingWorld, type SignedIn } from "./closing-world.ts";

const whoAmI = "{ viewer { account { email } } }";
const withinMilliseconds = 5_000;

let world: ClosingWorld;

beforeAll(async () => {
  world = await openClosingWorld();
});
afterAll(() => world?.stop());

const member = (): Promise<SignedIn> =>
  world.signedIn([{ role: "MEMBER", organizationId: world.acme.organizationId }]);

async function close(person: SignedIn): Promise<void> {
  const { [world.acme.organizationId]: id = "" } = await world.asked(person);
  await world.decide(world.acme.admin, id, "approve");
}
const fork = (): EntityManager => world.server.database.orm.em.fork() as EntityManager;
const count = async (sql: string, ...parameters: unknown[]): Promise<number> =>
  (await world.server.pool.query(sql, parameters)).rowCount ?? -1;

/** Follows something over a socket; resolves with the moment at which the server ends it. */
async function watch(client: ApiClient): Promise<{ closed: Promise<number> }> {
  const socket = client.socket();
  let tellFirst = (): void => {};
  const first = new Promise<void>((resolve) => {
    tellFirst = resolve;
  });
  const closed = new Promise<number>((resolve) => {
    socket.subscribe(
      {
        query: "subscription Attention($id: ID!) { attentionCount(organizationId: $id) }",
        variables: { id: world.acme.organizationId },
      },
      { next: tellFirst, error: () => resolve(Date.now()), complete: () => resolve(Date.now()) },
    );
  });
  await Promise.race([first, closed.then(() => Promise.reject(new Error("closed before anything came")))]);
  return { closed };
}

describe("closing an account", () => {
  it("ends every way in and every right in one transaction, and sockets within five seconds", async () => {
    const { acme, server } = world;
    const { organizationId } = acme;
    const sid = await world.signedIn([{ role: "SITE_ADMIN", organizationId, siteId: acme.source.id }]);
    const user = await world.one<{ id: string }>(
      "select id from auth_user where account_id = $1",
      sid.accountId,
    );
    const em = fork();
    const second = await server.signIn(sid.email);
    const { client: program } = await makeToken(sid.client);
    await insertRow(em, "auth_passkey", {
      user_id: user?.id,
      credential_id: "Y2xvc2VkLW9uZQ",
      public_key: Buffer.from("a public key"),
      counter: 0,
      transports: [],
      backed_up: false,
      name: "Desk computer",
    });
    await insertRow(em, "auth_remembered_device", {
      user_id: user?.id,
      secret_hash: createHash("sha256").update(randomBytes(8)).digest(),
      expires_at: new Date(Date.now() + 60_000),
    });
    const reset = await issueProof(em, {
      purpose: "RESET_PASSWORD",
      email: sid.email,
      accountId: sid.accountId,
    });
    await world.put(sid, acme.destination.id);
    const group = await insertRow(em, "user_group", { site_id: acme.destination.id, name: "Helpers" });
    await insertRow(em, "user_group_member", { group_id: group, account_id: sid.accountId }, "group_id");
    const project = await insertRow(em, "service_project", {
      site_id: acme.destination.id,
      key: "DESK",
      name: "Desk",
      access: "RESTRICTED",
    });
    await insertRow(em, "project_customer", { project_id: project, account_id: sid.accountId }, "project_id");
    await insertRow(em, "request", {
      site_id: acme.destination.id,
      project_id: project,
      key: "DESK-1",
      summary: "Screen is black",
      reporter_account_id: sid.accountId,
    });
    const invite = await sid.client.query(
      "mutation I($input: InviteToRoleInput!) { inviteToRole(input: $input) { __typename } }",
      { input: { organizationId, email: "late@acme.example", role: "SITE_ADMIN", siteId: acme.source.id } },
    );
    expect(invite).toEqual({ inviteToRole: { __typename: "InvitationResult" } });
    const offered = secretIn((await world.letters("late@acme.example")).at(-1));
    const changed = await world.post(
      "/api/recovery/change-email",
      { newEmail: "sid@new.example", password: testPassword },
      { cookie: sid.cookie },
    );
    expect(changed.status).toBe(200);
    const product = await makeProduct(em, organizationId);
    await makeLinkedLogin(em, product, sid.accountId);
    const asked = { productId: product.id, email: "other@acme.example", loginName: "" };
    expect(
      await sid.client.query(
        "mutation C($input: RequestServiceConnectionInput!) { requestServiceConnection(input: $input) { __typename } }",
        { input: asked },
      ),
    ).toEqual({ requestServiceConnection: { __typename: "PendingConnectionResult" } });
    const { closed } = await watch(sid.client);

    const ended = Date.now();
    await close(sid);
    expect((await closed) - ended).toBeLessThan(withinMilliseconds);

    for (const client of [sid.client, second, program]) {
      expect((await client.ask(whoAmI)).data ?? null).toBeNull();
    }
    expect((await world.signIn(sid.email, testPassword)).status).toBe(401);
    expect(
      await world.post("/api/recovery/proof", { secret: reset.secret, purpose: "RESET_PASSWORD" }),
    ).toMatchObject({ status: 410 });
    expect(await world.post("/api/invitation", { token: offered })).toMatchObject({
      body: { refused: { code: "INVALID_INPUT" } },
    });
    const of = [sid.accountId];
    expect({
      signIns: await count("select from auth_user where account_id = $1", ...of),
      passkeys: await count("select from auth_passkey where user_id = $1", user?.id),
      browsers: await count("select from auth_remembered_device where user_id = $1", user?.id),
      tokens: await count("select from api_token where account_id = $1 and revoked_at is null", ...of),
      links: await count(
        "select from email_proof where account_id = $1 and consumed_at is null and revoked_at is null",
        ...of,
      ),
      offers: await count("select from role_invitation where invited_by = $1 and state = 'PENDING'", ...of),
      roles: await count("select from role_assignment where account_id = $1", ...of),
      groups: await count("select from user_group_member where account_id = $1", ...of),
      lists: await count("select from project_customer where account_id = $1", ...of),
      logins: await count("select from product_user where account_id = $1", ...of),
      connections: await count("select from service_wish where account_id = $1", ...of),
      access: await count("select from effective_access where email = $1", sid.email),
    }).toEqual({
      signIns: 0,
      passkeys: 0,
      browsers: 0,
      tokens: 0,
      links: 0,
      offers: 0,
      roles: 0,
      groups: 0,
      lists: 0,
      logins: 0,
      connections: 0,
      access: 0,
    });
    expect(
      await world.one("select active, customer_role from site_account where account_id = $1", ...of),
    ).toEqual({
      active: false,
      customer_role: false,
    });

    const profile = await acme.admin.query(
      "query P($id: ID!) { account(id: $id) { name email closedAt reopeningOrganizationId presences { requestCount } } }",
      { id: sid.accountId },
    );
    expect(profile).toEqual({
      account: {
        name: expect.stringMatching(/./),
        email: sid.email,
        closedAt: expect.stringMatching(/^20/),
        reopeningOrganizationId: organizationId,
        presences: [{ requestCount: 1 }],
      },
    });
  }, 60_000);

  it("lets nobody in by recovery, an operator's command, imported hashes, or a role that somebody gives", async () => {
    const mia = await member();
    await world.put(mia, world.acme.destination.id);
    await close(mia);
    const before = (await world.letters(mia.email)).length;
    await world.ask("request-password-reset", mia.email);
    const letters = await world.letters(mia.email);
    expect(letters.slice(before).map(({ purpose }) => purpose)).toEqual(["recovery.account_closed"]);
    expect(letters.at(-1)?.text).not.toMatch(/\/recover\/|\/finish\//);
    const { pool } = world.server;
    await expect(
      createSignIn(pool, { accountId: mia.accountId, email: mia.email, name: "Mia", password: testPassword }),
    ).rejects.toThrow("is closed");
    const hashes = [
      { accountId: mia.accountId, hash: "$2b$12$aaaaaaaaaaaaaaaaaaaaaeaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
    ];
    expect([...(await importPasswordHashes(runnerOnPool(pool), hashes)).values()]).not.toContain("IMPORTED");
    await expect(
      insertRow(fork(), "role_assignment", {
        account_id: mia.accountId,
        role: "MEMBER",
        organization_id: world.acme.organizationId,
      }),
    ).rejects.toThrow("is closed");
    await expect(
      pool.query("update site_account set active = true where account_id = $1", [mia.accountId]),
    ).rejects.toThrow("is closed");
    const refused = await world.change(world.acme.admin, "setActive", {
      siteId: world.acme.destination.id,
      profileId: mia.accountId,
      active: true,
    });
    expect(refused).toMatchObject({ code: "INVALID_STATE" });
    expect(refused.message).toContain("was closed");
  });

  it("waits for whoever is giving the account something, and then ends that as well", async () => {
    const mia = await member();
    const { [world.acme.organizationId]: id = "" } = await world.asked(mia);
    const client = await world.server.pool.connect();
    try {
      await client.query("begin");
      await client.query("insert into site_account (site_id, account_id) values ($1, $2)", [
        world.acme.source.id,
        mia.accountId,
      ]);
      const decided = world.decide(world.acme.admin, id, "approve");
      await new Promise((resolve) => {
        setTimeout(resolve, 300);
      });
      await client.query("commit");
      expect(await decided).toMatchObject({ request: { state: "APPROVED" } });
    } finally {
      client.release();
    }
    expect(await world.one("select active from site_account where account_id = $1", mia.accountId)).toEqual({
      active: false,
    });
  });
});

describe("the address of a closed account", () => {
  it("cannot be invited in: whoever reads its mail is told, and its name stays", async () => {
    const mia = await member();
    await close(mia);
    const { other } = world;
    await other.admin.query(
      "mutation I($input: InviteToRoleInput!) { inviteToRole(input: $input) { __typename } }",
      {
        input: { organizationId: other.organizationId, email: mia.email, role: "MEMBER" },
      },
    );
    const token = secretIn((await world.letters(mia.email)).at(-1));
    const told = { refused: { code: "INVALID_STATE", message: expect.stringContaining("was closed") } };
    expect(await world.post("/api/invitation", { token })).toMatchObject({ body: told });
    expect(
      await world.post("/api/invitation/accept", { token, name: "Mallory", password: freshPassword }),
    ).toMatchObject({ body: told });
    expect(await world.one("select name from account where id = $1", mia.accountId)).not.toEqual({
      name: "Mallory",
    });
    expect(await count("select from closed_account where account_id = $1", mia.accountId)).toBe(1);
  });

  it("is opened again by an admin who agreed, empty, and entered only with the mailed link", async () => {
    const { acme, other } = world;
    const mia = await member();
    await world.put(mia, acme.destination.id);
    await close(mia);
    const input = { accountId: mia.accountId, organizationId: acme.organizationId };
    const document =
      "mutation R($input: ReopenAccountInput!) { reopenAccount(input: $input) { __typename } }";
    const asOther = await other.admin.ask(document, {
      input: { ...input, organizationId: other.organizationId },
    });
    expect(asOther.errors?.[0]?.extensions?.code).toBe("NOT_FOUND");
    expect(await world.change(acme.admin, "reopenAccount", input)).toMatchObject({
      accountId: mia.accountId,
    });
    const again = await acme.admin.ask(document, { input });
    expect(again.errors?.[0]?.extensions?.code).toBe("NOT_FOUND");

    expect((await world.signIn(mia.email, testPassword)).status).toBe(401);
    const secret = secretIn((await world.letters(mia.email)).at(-1));
    const finished = await world.post("/api/recovery/finish-account", {
      secret,
      name: "Mia",
      password: freshPassword,
    });
    expect(finished.status).toBe(200);
    const { cookie } = await world.signIn(mia.email, freshPassword);
    const back = new ApiClient(world.server.url, cookie);
    expect(await back.query("{ viewer { account { email } roles { id } } }")).toEqual({
      viewer: { account: { email: mia.email }, roles: [] },
    });
    expect(await count("select from effective_access where email = $1", mia.email)).toBe(0);
    expect(
      await world.change(acme.admin, "setActive", {
        siteId: acme.destination.id,
        profileId: mia.accountId,
        active: true,
      }),
    ).toMatchObject({ __typename: "PersonProfileResult" });
    expect(
      await world.one(
        "select reopened_by is not null as named from account_closing where account_id = $1",
        mia.accountId,
      ),
    ).toEqual({ named: true });
  });

  it("is opened again by the organization that manages it alone, once there is one", async () => {
    const { acme, other, server } = world;
    const mia = await world.signedIn(
      [{ role: "MEMBER", organizationId: acme.organizationId }],
      "mia@claimed.example",
    );
    await close(mia);
    await server.pool.query(
      "insert into claimed_domain (domain, organization_id) values ('claimed.example', $1)",
      [other.organizationId],
    );
    const document =
      "mutation R($input: ReopenAccountInput!) { reopenAccount(input: $input) { __typename } }";
    const input = { accountId: mia.accountId, organizationId: acme.organizationId };
    expect((await acme.admin.ask(document, { input })).errors?.[0]?.extensions?.code).toBe("NOT_FOUND");
    expect(
      await world.change(other.admin, "reopenAccount", { ...input, organizationId: other.organizationId }),
    ).toMatchObject({ accountId: mia.accountId });
  });

  it("is opened again on the server's own machine, by its mailed link alone", async () => {
    const mia = await member();
    await close(mia);
    expect(await reopenAsOperator(fork(), world.services.outbox, mia.email)).toBeUndefined();
    expect(await reopenAsOperator(fork(), world.services.outbox, mia.email)).toMatchObject({
      code: "INVALID_STATE",
    });
    expect((await world.letters(mia.email)).at(-1)?.text).toContain("/finish/");
    expect((await world.signIn(mia.email, testPassword)).status).toBe(401);
  });
});
