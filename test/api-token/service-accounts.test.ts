import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSignIn } from "../../packages/server/src/modules/sign-in/index.ts";
import type { ApiClient } from "../kit/api-client.ts";
import { startTestServer, testPassword, type TestServer } from "../kit/server.ts";
import { TokenClient } from "../kit/token-client.ts";
import { makePerson, makeWorld, uploadAndApply, type World } from "../kit/world.ts";

interface Answer {
  code?: string;
  message?: string;
  whoCanGrant?: string[];
  secret?: string | null;
  token?: { id: string };
  serviceAccount?: { id: string; email: string; removedAt: string | null };
}

const refused = "... on Refused { code message field whoCanGrant }";

async function ask(
  client: ApiClient,
  field: string,
  inputType: string,
  input: Record<string, unknown>,
): Promise<Answer> {
  const selection = field.endsWith("Token")
    ? `... on ${field.startsWith("create") ? "NewApiTokenResult { secret token { id } }" : "ApiTokenResult { token { id } }"}`
    : "... on ServiceAccountAnswer { serviceAccount { id email removedAt } }";
  const data = await client.query<Record<string, Answer>>(
    `mutation Ask($input: ${inputType}!) { ${field}(input: $input) { ${selection} ${refused} } }`,
    { input },
  );
  return data[field] ?? {};
}

describe("service accounts", () => {
  let server: TestServer;
  let world: World;
  let stranger: World;

  const create = (client: ApiClient, wish: Record<string, unknown> = {}): Promise<Answer> =>
    ask(client, "createServiceAccount", "CreateServiceAccountInput", {
      organizationId: world.organizationId,
      name: "Nightly import",
      siteIds: [],
      ...wish,
    });
  const makeServiceToken = (
    client: ApiClient,
    serviceAccountId: string | undefined,
    wish: Record<string, unknown> = {},
  ): Promise<Answer> =>
    ask(client, "createServiceToken", "CreateServiceTokenInput", {
      serviceAccountId,
      name: "cron",
      scope: "MIGRATE",
      days: 30,
      ...wish,
    });
  const remove = (client: ApiClient, serviceAccountId: string | undefined): Promise<Answer> =>
    ask(client, "removeServiceAccount", "RemoveServiceAccountInput", { serviceAccountId });
  const clientOf = ({ secret }: Answer): TokenClient => new TokenClient(server.url, secret ?? "");
  const whoAmI = "query WhoAmI { viewer { account { name } organizations { name } adminSites { id } } }";

  beforeAll(async () => {
    server = await startTestServer();
    world = await makeWorld(server);
    stranger = await makeWorld(server, "Other");
  });

  afterAll(async () => {
    await server?.stop();
  });

  it("ask with their token as their role allows, with no address to verify", async () => {
    const { serviceAccount } = await create(world.admin, { siteIds: [world.source.id] });
    expect(serviceAccount?.email).toMatch(/^nightly-import-[0-9a-f]{12}@service-account\.invalid$/);
    const client = clientOf(await makeServiceToken(world.admin, serviceAccount?.id));
    expect(await client.query(whoAmI)).toMatchObject({
      viewer: { account: { name: "Nightly import" }, adminSites: [{ id: world.source.id }] },
    });
    await uploadAndApply(
      client,
      world.source.id,
      "email,account type\nada@abc.com,portal-only\n",
      "CUSTOMERS",
    );
    const elsewhere = await client.upload(
      world.destination.id,
      "email,account type\nada@abc.com,portal-only\n",
    );
    expect(elsewhere.status).toBe(403);
    const { rows } = await server.pool.query<{ name: string }>(
      "select a.name from import_file f join account a on a.id = f.created_by where f.site_id = $1",
      [world.source.id],
    );
    expect(rows).toEqual([{ name: "Nightly import" }]);
  });

  it("stop at once when removed, and get no further token", async () => {
    const { serviceAccount } = await create(world.admin, { name: "Short-lived" });
    const made = await makeServiceToken(world.admin, serviceAccount?.id);
    const client = clientOf(made);
    expect((await client.fetch("/graphql?query=%7B__typename%7D")).status).not.toBe(401);
    expect((await remove(world.admin, serviceAccount?.id)).serviceAccount?.removedAt).not.toBeNull();
    const after = await client.fetch("/graphql", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ query: whoAmI }),
    });
    expect(after.status).toBe(401);
    expect(await makeServiceToken(world.admin, serviceAccount?.id)).toMatchObject({ code: "INVALID_STATE" });
    expect(await remove(world.admin, serviceAccount?.id)).toMatchObject({ code: "ALREADY_DONE" });
    const { rows } = await server.pool.query("select 1 from role_assignment where account_id = $1", [
      serviceAccount?.id,
    ]);
    expect(rows).toEqual([]);
  });

  it("have tokens that an admin revokes one by one", async () => {
    const { serviceAccount } = await create(world.admin, { name: "Two tokens" });
    const [one, other] = [
      await makeServiceToken(world.admin, serviceAccount?.id),
      await makeServiceToken(world.admin, serviceAccount?.id, { name: "other", scope: "READ" }),
    ];
    const revoke = { tokenId: one.token?.id };
    expect(await ask(world.admin, "revokeServiceToken", "RevokeServiceTokenInput", revoke)).toMatchObject({
      token: revoke.tokenId === undefined ? null : { id: revoke.tokenId },
    });
    await expect(clientOf(one).query(whoAmI)).rejects.toThrow();
    await expect(clientOf(other).query(whoAmI)).resolves.toBeDefined();
  });

  it("are made by organization admins in their own session alone", async () => {
    await makePerson(server, "site.admin@acme.example", [
      { role: "SITE_ADMIN", organizationId: world.organizationId, siteId: world.source.id },
    ]);
    const siteAdmin = await server.signIn("site.admin@acme.example");
    const answer = await create(siteAdmin);
    expect(answer).toMatchObject({ code: "NOT_PERMITTED" });
    expect(answer.whoCanGrant?.join()).toContain("admin@acme.example");
    const { serviceAccount } = await create(world.admin, { name: "Ambitious" });
    const program = clientOf(await makeServiceToken(world.admin, serviceAccount?.id));
    expect(await create(program, { name: "Its own" })).toMatchObject({ code: "NOT_PERMITTED" });
    expect(await makeServiceToken(program, serviceAccount?.id)).toMatchObject({ code: "NOT_PERMITTED" });
  });

  it("of another organization answer like none, as do its sites", async () => {
    const { serviceAccount } = await create(world.admin, { name: "Hidden" });
    const token = await makeServiceToken(world.admin, serviceAccount?.id);
    const other = stranger.admin;
    for (const work of [
      () => remove(other, serviceAccount?.id),
      () => makeServiceToken(other, serviceAccount?.id),
      () => ask(other, "revokeServiceToken", "RevokeServiceTokenInput", { tokenId: token.token?.id }),
      () => create(other),
      () => create(other, { organizationId: stranger.organizationId, siteIds: [world.source.id] }),
    ]) {
      await expect(work()).rejects.toThrow("NOT_FOUND");
    }
  });

  it("cannot be given a password, nor be uploaded to a site by their address", async () => {
    const { serviceAccount } = await create(world.admin, { name: "Doorless" });
    const { id = "", email = "" } = serviceAccount ?? {};
    await expect(
      createSignIn(server.pool, { accountId: id, email, name: "Doorless", password: testPassword }),
    ).rejects.toThrow("cannot sign in");
    await uploadAndApply(
      world.admin,
      world.source.id,
      `email,account type\n${email},Atlassian account\n`,
      "CUSTOMERS",
    );
    const { rows } = await server.pool.query("select 1 from site_account where account_id = $1", [id]);
    expect(rows).toEqual([]);
  });

  it.each([
    ["no name", { name: " " }],
    ["a name of two lines", { name: "a\nb" }],
    ["a purpose that is too long", { purpose: "x".repeat(301) }],
  ])("are refused with %s", async (_what, wish) => {
    expect(await create(world.admin, wish)).toMatchObject({ code: "INVALID_INPUT" });
  });

  it("are made once for a key sent twice, and stand in the audit log with who made them", async () => {
    const wish = { name: "Once", idempotencyKey: "a key for one account" };
    const [first, again] = [await create(world.admin, wish), await create(world.admin, wish)];
    expect(again.serviceAccount?.id).toBe(first.serviceAccount?.id);
    await makeServiceToken(world.admin, first.serviceAccount?.id);
    const { rows } = await server.pool.query<{ action: string; summary: string; actor: string }>(
      `select e.action, e.summary, a.email as actor from audit_entry e join account a on a.id = e.actor_account_id
       where e.summary like '%Once%' order by e.at`,
    );
    expect(rows.map(({ action, actor }) => [action, actor])).toEqual([
      ["service_account.create", "admin@acme.example"],
      ["api_token.create", "admin@acme.example"],
    ]);
    expect(rows[1]?.summary).toContain("made Once's API token cron");
  });
});
