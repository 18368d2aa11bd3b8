import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeAccount } from "../kit/factories.ts";
import { readMailLinks } from "../kit/letters.ts";
import { plantPassword } from "../kit/plant-password.ts";
import { startTestServer, testPassword, type TestServer } from "../kit/server.ts";
import { makeToken, TokenClient } from "../kit/token-client.ts";
import { makePerson, makeWorld, type World } from "../kit/world.ts";

// The way in of somebody who is not signed in: the link of the mail, a name and a password.

const masterKey = randomBytes(32);
const newPassword = "a passphrase of my very own";

let server: TestServer;
let world: World;

beforeAll(async () => {
  server = await startTestServer({ REHOME_MASTER_KEY: masterKey.toString("base64") });
  world = await makeWorld(server);
});
afterAll(async () => {
  await server?.stop();
});

async function invite(email: string): Promise<string> {
  await world.admin.query(
    `mutation I($input: InviteToRoleInput!) { inviteToRole(input: $input) { __typename } }`,
    { input: { organizationId: world.organizationId, email, role: "SITE_ADMIN", siteId: world.source.id } },
  );
  const links = await readMailLinks(server.pool, masterKey, email, "/invitation/");
  return links.at(-1)?.slice("/invitation/".length) ?? "";
}

async function post(
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<[number, Record<string, unknown>]> {
  const response = await fetch(`${server.url}/api/invitation${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.url, ...headers },
    body: JSON.stringify(body),
  });
  return [response.status, (await response.json()) as Record<string, unknown>];
}

const whoAmI = "{ viewer { account { email name } roles { role site { name } } } }";

describe("a new address", () => {
  it("sees what it is invited to, sets name and password, and signs in with the role", async () => {
    const token = await invite("new@acme.example");
    expect(await post("", { token })).toEqual([
      200,
      {
        email: "new@acme.example",
        role: "SITE_ADMIN",
        organization: "Acme",
        place: "Acme Support",
        inviter: { name: "Name of admin@acme.example", email: "admin@acme.example" },
        expiresAt: expect.stringMatching(/Z$/),
        next: "PASSWORD",
        name: "",
      },
    ]);
    expect(await post("/accept", { token, name: "Nia New", password: "short" })).toMatchObject([
      200,
      { refused: { code: "INVALID_INPUT", field: "password" } },
    ]);
    expect(await post("/accept", { token, name: " ", password: newPassword })).toMatchObject([
      200,
      { refused: { code: "INVALID_INPUT", field: "name" } },
    ]);
    expect(await post("/accept", { token, name: "Nia New", password: newPassword })).toEqual([
      200,
      { email: "new@acme.example", organizationId: world.organizationId },
    ]);
    const client = await server.signIn("new@acme.example", newPassword);
    expect(await client.query(whoAmI)).toEqual({
      viewer: {
        account: { email: "new@acme.example", name: "Nia New" },
        roles: [{ role: "SITE_ADMIN", site: { name: "Acme Support" } }],
      },
    });
    expect(await post("/accept", { token, name: "Nia New", password: newPassword })).toMatchObject([
      200,
      { refused: { code: "INVALID_INPUT", field: "token" } },
    ]);
  });

  it("becomes one account however often its button is clicked at once", async () => {
    const token = await invite("clicks@acme.example");
    const body = { token, name: "Clara", password: newPassword };
    const answers = await Promise.all([1, 2, 3, 4].map(() => post("/accept", body)));
    expect(answers.map(([status]) => status).sort()).toEqual([200, 200, 200, 200]);
    expect(answers.filter(([, answer]) => answer.refused === undefined)).toHaveLength(1);
    const { rows } = await server.pool.query(
      "select 1 from account a join auth_user u on u.account_id = a.id where a.email = 'clicks@acme.example'",
    );
    expect(rows).toHaveLength(1);
  });

  it("may decline with the link alone", async () => {
    const token = await invite("no@acme.example");
    expect(await post("/decline", { token })).toMatchObject([200, { email: "no@acme.example" }]);
    expect(await post("/accept", { token, name: "Noa", password: newPassword })).toMatchObject([
      200,
      { refused: { field: "token" } },
    ]);
    const { rows } = await server.pool.query("select 1 from account where email = 'no@acme.example'");
    expect(rows).toEqual([]);
  });
});

describe("an account whose address nobody has proven", () => {
  it("loses the password, sessions and tokens that somebody else set before", async () => {
    // The attacker has a password for the victim's address and a token, and waits for the victim.
    const { id } = await makeAccount(server.database.orm.em.fork(), { email: "victim@acme.example" });
    await plantPassword(server, id);
    const secret = `rhm_${"p".repeat(43)}`;
    await server.pool.query(
      `insert into api_token (account_id, name, hint, secret_hash, scope, expires_at)
       values ($1, 'planted', 'rhm_pppp', sha256($2::bytea), 'MIGRATE', now() + interval '300 days')`,
      [id, secret],
    );
    const planted = new TokenClient(server.url, secret);
    const token = await invite("victim@acme.example");
    await expect(server.signIn("victim@acme.example", testPassword)).rejects.toThrow("EMAIL_NOT_CONFIRMED");
    expect(await planted.query(whoAmI)).toMatchObject({ viewer: { account: { name: expect.any(String) } } });
    expect(await post("", { token })).toMatchObject([200, { next: "PASSWORD" }]);

    expect(await post("/accept", { token, name: "Vera Victim", password: newPassword })).toMatchObject([
      200,
      { email: "victim@acme.example" },
    ]);

    const { errors } = await planted.ask(whoAmI);
    expect(errors?.[0]?.extensions?.code).toBe("UNAUTHENTICATED");
    await expect(server.signIn("victim@acme.example", testPassword)).rejects.toThrow("401");
    const victim = await server.signIn("victim@acme.example", newPassword);
    expect(await victim.query(whoAmI)).toMatchObject({ viewer: { account: { name: "Vera Victim" } } });
  });

  it("is signed in for, not overwritten, once it is proven", async () => {
    await makePerson(server, "proven@acme.example");
    const token = await invite("proven@acme.example");
    expect(await post("", { token })).toMatchObject([200, { next: "SIGN_IN" }]);
    expect(await post("/accept", { token, name: "Somebody", password: newPassword })).toMatchObject([
      200,
      { refused: { code: "INVALID_STATE" } },
    ]);
    const client = await server.signIn("proven@acme.example");
    expect(
      await client.query(
        "mutation A($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { __typename } }",
        { input: { token } },
      ),
    ).toEqual({ acceptInvitation: { __typename: "AnsweredInvitation" } });
  });
});

describe("the routes", () => {
  it("answer nobody else's page, no other method, and no body that is not theirs", async () => {
    const token = await invite("routes@acme.example");
    expect(await post("", { token }, { origin: "https://evil.example" })).toMatchObject([403, {}]);
    expect(await post("", { token }, { "content-type": "text/plain" })).toMatchObject([403, {}]);
    expect(await post("", { nothing: true })).toMatchObject([400, { error: { code: "INVALID_INPUT" } }]);
    expect(await post("", { token: "x".repeat(9_000) })).toMatchObject([400, {}]);
    expect(await post("", { token: "unknown" })).toMatchObject([200, { refused: { field: "token" } }]);
  });

  it("limit how often one client asks", async () => {
    const token = "x".repeat(43);
    const answers = await Promise.all(Array.from({ length: 25 }, () => post("/decline", { token })));
    expect(answers.filter(([status]) => status === 429).length).toBeGreaterThan(0);
  });

  it("are not for API tokens: roles are changed in a session alone", async () => {
    const { client } = await makeToken(world.admin);
    const data = await client.query<{ inviteToRole: object }>(
      "mutation I($input: InviteToRoleInput!) { inviteToRole(input: $input) { __typename ... on Refused { code } } }",
      { input: { organizationId: world.organizationId, email: "t@acme.example", role: "MEMBER" } },
    );
    expect(data.inviteToRole).toEqual({ __typename: "Refused", code: "NOT_PERMITTED" });
  });
});
