import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startMigration, untilEnded } from "../kit/migration-flow.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { askForToken, makeToken, revokeToken, TokenClient } from "../kit/token-client.ts";
import { makePerson, makeWorld, readSample, uploadSamples, type World } from "../kit/world.ts";

let server: TestServer;
let world: World;

const whoAmI = "query WhoAmI { viewer { account { email } organizations { name } } }";

async function one<Row>(sql: string, parameters: unknown[] = []): Promise<Row> {
  const { rows } = await server.pool.query(sql, parameters);
  return rows[0] as Row;
}

beforeAll(async () => {
  server = await startTestServer();
  world = await makeWorld(server);
});

afterAll(async () => {
  await server?.stop();
});

describe("making a token", () => {
  it("shows the secret once and keeps only its hash", async () => {
    const { id, secret } = await makeToken(world.admin);
    expect(secret).toMatch(/^rhm_[A-Za-z0-9_-]{43}$/);
    const row = await one<Record<string, unknown>>(
      "select t::text as whole, secret_hash = sha256($2::bytea) as hashed, hint from api_token t where id = $1",
      [id, secret],
    );
    expect(row).toMatchObject({ hashed: true, hint: secret.slice(0, 8) });
    expect(String(row.whole)).not.toContain(secret.slice(8));
    const { viewer } = await world.admin.query<{ viewer: { apiTokens: object[] } }>(
      "query Tokens { viewer { apiTokens { id name hint scope revokedAt organization { name } } } }",
    );
    expect(viewer.apiTokens).toContainEqual({
      id,
      name: "nightly",
      hint: secret.slice(0, 8),
      scope: "MIGRATE",
      revokedAt: null,
      organization: null,
    });
  });

  it("makes one token for a key sent twice, and the repeat holds no secret", async () => {
    const wish = { name: "twice", idempotencyKey: "the same key twice" };
    const first = await askForToken(world.admin, wish);
    const again = await askForToken(world.admin, wish);
    expect(first.secret).toMatch(/^rhm_/);
    expect(again).toMatchObject({ secret: null, token: { id: first.token?.id } });
    const kept = await one<{ text: string }>(
      "select string_agg(k::text, ' ') as text from idempotency_key k where operation = 'createApiToken'",
    );
    expect(kept.text).not.toContain(String(first.secret).slice(8));
  });

  it.each([
    ["no name", { name: "  " }],
    ["a name that is too long", { name: "x".repeat(101) }],
    ["no day", { days: 0 }],
    ["more than a year", { days: 366 }],
  ])("is refused with %s", async (_what, wish) => {
    expect(await askForToken(world.admin, wish)).toMatchObject({ code: "INVALID_INPUT" });
  });

  it("is refused to people who administer nothing, with who can grant it", async () => {
    await makePerson(server, "plain@acme.example", [
      { role: "MEMBER", organizationId: world.organizationId },
    ]);
    const member = await server.signIn("plain@acme.example");
    const answer = await askForToken(member);
    expect(answer).toMatchObject({ code: "NOT_PERMITTED", whoCanGrant: ["Organization admins"] });
  });

  it("ends at 50 live tokens of one person", async () => {
    const accountId = await makePerson(server, "many@acme.example", [
      { role: "ORGANIZATION_ADMIN", organizationId: world.organizationId },
    ]);
    await server.pool.query(
      `insert into api_token (account_id, name, hint, secret_hash, scope, expires_at)
       select $1, 'old', 'rhm_old', sha256(n::text::bytea), 'READ', now() + interval '1 day'
       from generate_series(1, 49) n`,
      [accountId],
    );
    const many = await server.signIn("many@acme.example");
    const answers = await Promise.all([1, 2, 3].map(() => askForToken(many)));
    expect(answers.map(({ code }) => code ?? "made").sort()).toEqual(["TOO_MANY", "TOO_MANY", "made"]);
  });

  it("and revoking stand in the audit log, without the secret", async () => {
    const { id, secret } = await makeToken(world.admin, { name: "audited" });
    await revokeToken(world.admin, id);
    const { rows } = await server.pool.query<{ action: string; whole: string; organization_id: string }>(
      "select action, organization_id, a::text as whole from audit_entry a where subject_id = $1 order by at",
      [id],
    );
    expect(rows.map(({ action }) => action)).toEqual(["api_token.create", "api_token.revoke"]);
    expect(rows.every((row) => row.organization_id === world.organizationId)).toBe(true);
    expect(JSON.stringify(rows)).not.toContain(secret.slice(8));
  });
});

describe("a token with the scope MIGRATE", () => {
  it("uploads, plans, runs and downloads as its owner does", async () => {
    const { client } = await makeToken(world.admin);
    const asToken: World = { ...world, admin: client };
    await uploadSamples(asToken);
    const migrationId = await startMigration(asToken);
    expect(await untilEnded(client, migrationId)).toBe("COMPLETED_WITH_ATTENTION");
    const report = await client.fetch(`/api/migrations/${migrationId}/report.zip`);
    expect([report.status, report.headers.get("content-type")]).toEqual([200, "application/zip"]);
    const { id } = await one<{ id: string }>("select id from import_file limit 1");
    expect((await client.fetch(`/api/imports/${id}/rejected.csv`)).status).toBe(200);
  });

  it("neither makes nor revokes tokens", async () => {
    const { client, id } = await makeToken(world.admin);
    const made = await askForToken(client);
    expect(made).toMatchObject({ code: "NOT_PERMITTED", whoCanGrant: ["The token's owner, signed in"] });
    expect(await revokeToken(client, id)).toMatchObject({ code: "NOT_PERMITTED" });
    expect(await client.query(whoAmI)).toBeDefined();
  });

  it("reaches no session", async () => {
    const { client } = await makeToken(world.admin);
    for (const path of ["/list-sessions", "/revoke-sessions", "/revoke-other-sessions"]) {
      const method = path === "/list-sessions" ? "GET" : "POST";
      const answer = await client.fetch(`/api/auth${path}`, {
        method,
        headers: { "Content-Type": "application/json", Origin: server.url },
        body: method === "POST" ? "{}" : undefined,
      });
      expect([path, answer.status]).toEqual([path, 401]);
    }
    expect(await world.admin.query(whoAmI)).toBeDefined();
  });

  it("sees itself alone among its owner's tokens", async () => {
    const { client, id } = await makeToken(world.admin);
    expect(await client.query("query Tokens { viewer { apiTokens { id } } }")).toEqual({
      viewer: { apiTokens: [{ id }] },
    });
  });

  it("has the roles that its owner has now", async () => {
    const accountId = await makePerson(server, "leaving@acme.example", [
      { role: "ORGANIZATION_ADMIN", organizationId: world.organizationId },
    ]);
    const { client } = await makeToken(await server.signIn("leaving@acme.example"));
    const site = () =>
      client.query<{ site: unknown }>("query S($id: ID!) { site(id: $id) { id } }", { id: world.source.id });
    expect((await site()).site).not.toBeNull();
    await server.pool.query("delete from role_assignment where account_id = $1", [accountId]);
    expect((await site()).site).toBeNull();
  });
});

describe("a token with the scope READ", () => {
  it("reads, and every mutation and upload is refused with who can grant it", async () => {
    const { client } = await makeToken(world.admin, { scope: "READ" });
    expect(await client.query(whoAmI)).toMatchObject({
      viewer: { account: { email: "admin@acme.example" } },
    });
    const data = await client.query<{ createSite: object }>(
      `mutation Site($id: ID!) { createSite(input: { organizationId: $id, name: "New", urlName: "new-site" }) {
         __typename ... on Refused { code whoCanGrant } } }`,
      { id: world.organizationId },
    );
    expect(data.createSite).toEqual({
      __typename: "Refused",
      code: "NOT_PERMITTED",
      whoCanGrant: ["The token's owner, signed in"],
    });
    const upload = await client.upload(world.source.id, readSample("source-customers.csv"));
    expect(upload.status).toBe(403);
    expect(await upload.text()).toContain("may only read");
  });

  it("is told by viewerCan fields", async () => {
    const reader = (await makeToken(world.admin, { scope: "READ" })).client;
    const migrator = (await makeToken(world.admin)).client;
    const ask = (client: TokenClient) =>
      client.query<{ viewer: object }>("query Can { viewer { viewerCanMigrate } }");
    expect(await ask(reader)).toEqual({ viewer: { viewerCanMigrate: false } });
    expect(await ask(migrator)).toEqual({ viewer: { viewerCanMigrate: true } });
  });
});

describe("a token of one organization", () => {
  it("sees nothing of its owner's others, as if they did not exist", async () => {
    const other = await makeWorld(server, "Globex");
    const { accountId } = await one<{ accountId: string }>(
      `select id as "accountId" from account where email = 'admin@acme.example'`,
    );
    await server.pool.query(
      "insert into role_assignment (account_id, role, organization_id) values ($1, 'ORGANIZATION_ADMIN', $2)",
      [accountId, other.organizationId],
    );
    const { client } = await makeToken(world.admin, { organizationId: world.organizationId });
    const seen = await client.query<{ viewer: { organizations: object[]; roles: object[] } }>(
      "query Seen { viewer { organizations { name } roles { role } adminSites { name } } }",
    );
    expect(seen.viewer.organizations).toEqual([{ name: "Acme" }]);
    expect(seen.viewer.roles).toHaveLength(1);
    expect(JSON.stringify(seen)).not.toContain("Globex");
    const site = await client.query("query S($id: ID!) { site(id: $id) { id } }", { id: other.source.id });
    expect(site).toEqual({ site: null });
    expect((await client.upload(other.source.id, readSample("source-customers.csv"))).status).toBe(404);
    const foreign = await world.admin.ask(
      `mutation C($input: CreateApiTokenInput!) { createApiToken(input: $input) { __typename } }`,
      { input: { name: "x", scope: "READ", days: 1, organizationId: crypto.randomUUID() } },
    );
    expect(foreign.errors?.[0]?.extensions?.code).toBe("NOT_FOUND");
    await server.pool.query("delete from role_assignment where account_id = $1 and organization_id = $2", [
      accountId,
      other.organizationId,
    ]);
  });
});

describe("the schema", () => {
  it("refuses tokens that live longer than a year", async () => {
    await expect(
      server.pool.query(
        `insert into api_token (account_id, name, hint, secret_hash, scope, expires_at)
         select id, 'x', 'rhm_x', sha256('x'), 'READ', now() + interval '366 days' from account limit 1`,
      ),
    ).rejects.toThrow("api_token_lifetime");
  });
});
