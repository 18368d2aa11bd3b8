import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issueProof } from "../../packages/server/src/modules/proof/index.ts";
import { ApiClient } from "../kit/api-client.ts";
import { readMailLinks } from "../kit/letters.ts";
import { insertRow } from "../kit/query.ts";
import { startTestServer, testPassword, type TestServer } from "../kit/server.ts";
import { makeToken } from "../kit/token-client.ts";
import { makePerson, makeWorld, type World } from "../kit/world.ts";
import { appCode, enrol, takeFirstStep, type Enrolled, type SignInDoor } from "./second-step.ts";
import { readCookies } from "./sign-in-world.ts";

const masterKey = Buffer.from(Array.from({ length: 32 }, (_, index) => index + 1));
const whoAmI = "query WhoAmI { viewer { account { email } } }";
const withinMilliseconds = 5_000;

let server: TestServer;
let world: World;
let door: SignInDoor;

beforeAll(async () => {
  server = await startTestServer({ REHOME_MASTER_KEY: masterKey.toString("base64") });
  world = await makeWorld(server);
  const send: SignInDoor["send"] = (path, { body, cookie, headers } = {}) =>
    fetch(`${server.url}/api/auth${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        origin: server.url,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(cookie === undefined ? {} : { cookie }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
  door = {
    pool: server.pool,
    send,
    async addPerson({ email = `${randomUUID()}@acme.example` } = {}) {
      const { organizationId, source } = world;
      const role = { role: "SITE_ADMIN" as const, organizationId, siteId: source.id };
      const accountId = await makePerson(server, email, [role]);
      const { rows } = await server.pool.query<{ id: string }>(
        "select id from auth_user where account_id = $1",
        [accountId],
      );
      return { accountId, userId: rows[0]?.id ?? "", email };
    },
    signIn: async (email) =>
      readCookies(await send("/sign-in/email", { body: { email, password: testPassword } })),
  };
});

afterAll(async () => {
  await server?.stop();
});

async function endSessions(client: ApiClient, accountId: string): Promise<Record<string, unknown>> {
  const { endPersonSessions } = await client.query<{ endPersonSessions: Record<string, unknown> }>(
    `mutation End($input: EndPersonSessionsInput!) {
       endPersonSessions(input: $input) { __typename ... on Refused { code whoCanGrant } }
     }`,
    { input: { organizationId: world.organizationId, accountId } },
  );
  return endPersonSessions;
}

/** A sign-in with a second step; the cookies of the session, and of the browser when it is remembered. */
async function signInWithCode(person: Enrolled, code: string, rememberDevice = false): Promise<string> {
  const pending = await takeFirstStep(door, person.email);
  const response = await door.send("/sign-in/two-step", { body: { code, rememberDevice }, cookie: pending });
  expect(response.status).toBe(200);
  return readCookies(response);
}

async function isLive(cookie: string): Promise<boolean> {
  const { data } = await new ApiClient(server.url, cookie).ask<{ viewer: object }>(whoAmI);
  return data != null;
}

async function isOpen(secret: string, purpose: string): Promise<boolean> {
  const response = await fetch(`${server.url}/api/recovery/proof`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.url },
    body: JSON.stringify({ secret, purpose }),
  });
  return response.ok;
}

/** Watches something over a socket; resolves with the moment at which the server ends it. */
async function watchUntilClosed(cookie: string): Promise<{ closed: Promise<number> }> {
  const socket = new ApiClient(server.url, cookie).socket();
  let tellFirst = (): void => {};
  const first = new Promise<void>((resolve) => {
    tellFirst = resolve;
  });
  const closed = new Promise<number>((resolve) => {
    socket.subscribe(
      {
        query: "subscription Attention($id: ID!) { attentionCount(organizationId: $id) }",
        variables: { id: world.organizationId },
      },
      { next: tellFirst, error: () => resolve(Date.now()), complete: () => resolve(Date.now()) },
    );
  });
  const tooEarly = closed.then(() => {
    throw new Error("The socket was closed before anything came");
  });
  await Promise.race([first, tooEarly]);
  // Later it closes as it should.
  tooEarly.catch(() => {});
  return { closed };
}

describe("the end of somebody's sessions", () => {
  it("ends what stands for a session within five seconds, and leaves every way back", async () => {
    const person = await enrol(door);
    const { accountId, email, userId } = person;
    const first = person.cookie;
    const remembered = await signInWithCode(person, appCode(person.key, 1), true);
    const otherBrowser = await signInWithCode(person, person.recoveryCodes[0] ?? "");
    const { client: program } = await makeToken(new ApiClient(server.url, otherBrowser));
    const em = server.database.orm.em.fork();
    const link = async (purpose: "RESET_PASSWORD" | "VERIFY_EMAIL"): Promise<string> =>
      (await issueProof(em, { purpose, email, accountId })).secret;
    const [reset, verification] = [await link("RESET_PASSWORD"), await link("VERIFY_EMAIL")];
    await world.admin.query(
      "mutation I($input: InviteToRoleInput!) { inviteToRole(input: $input) { __typename } }",
      { input: { organizationId: world.organizationId, email, role: "ORGANIZATION_ADMIN" } },
    );
    const invitation = (await readMailLinks(server.pool, masterKey, email, "/invitation/")).at(-1) ?? "";
    await insertRow(em, "auth_passkey", {
      user_id: userId,
      credential_id: "c3RpbGwtdGhlcmU",
      public_key: Buffer.from("a public key"),
      counter: 0,
      transports: [],
      backed_up: false,
      name: "Desk computer",
    });
    const { closed } = await watchUntilClosed(first);
    const cookies = [first, remembered, otherBrowser];
    expect(await Promise.all(cookies.map(isLive))).toEqual([true, true, true]);
    expect([await isOpen(reset, "RESET_PASSWORD"), await isOpen(verification, "VERIFY_EMAIL")]).toEqual([
      true,
      true,
    ]);

    const ended = Date.now();
    expect(await endSessions(world.admin, accountId)).toEqual({ __typename: "PersonProfileResult" });

    expect(await Promise.all(cookies.map(isLive))).toEqual([false, false, false]);
    expect([await isOpen(reset, "RESET_PASSWORD"), await isOpen(verification, "VERIFY_EMAIL")]).toEqual([
      false,
      false,
    ]);
    expect((await closed) - ended).toBeLessThan(withinMilliseconds);
    const again = await door.send("/sign-in/email", {
      body: { email, password: testPassword },
      cookie: remembered,
    });
    expect(await again.json()).toMatchObject({ twoStep: true });

    expect(await program.query(whoAmI)).toEqual({ viewer: { account: { email } } });
    const shown = await fetch(`${server.url}/api/invitation`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.url },
      body: JSON.stringify({ token: invitation.slice("/invitation/".length) }),
    });
    expect(await shown.json()).toMatchObject({ email, next: "SIGN_IN" });
    const back = await signInWithCode(person, person.recoveryCodes[1] ?? "");
    const overview = await door.send("/security/overview", { cookie: back });
    expect(await overview.json()).toMatchObject({ passkeys: [{ name: "Desk computer" }], devices: [] });
  }, 60_000);

  it("lets a sign-in at the same moment be ended or begin afterwards, never slip through", async () => {
    const person = await door.addPerson();
    for (let round = 0; round < 5; round += 1) {
      const signIns = Array.from({ length: 4 }, () => door.signIn(person.email));
      const [cookies] = await Promise.all([Promise.all(signIns), endSessions(world.admin, person.accountId)]);
      const { rows } = await server.pool.query<{ late: number; all: number }>(
        `select count(*) filter (where s.created_at < a.sessions_ended_at)::int as late, count(*)::int as all
         from auth_session s join auth_user u on u.id = s.user_id join account a on a.id = u.account_id where a.id = $1`,
        [person.accountId],
      );
      expect(rows[0]?.late).toBe(0);
      const live = await Promise.all(cookies.map(isLive));
      expect(live.filter(Boolean)).toHaveLength(rows[0]?.all ?? -1);
    }
  }, 60_000);

  it("is for organization admins where the account is, and stands in the log", async () => {
    const person = await door.addPerson();
    const colleague = new ApiClient(server.url, await door.signIn((await door.addPerson()).email));
    expect(await endSessions(colleague, person.accountId)).toMatchObject({
      code: "NOT_PERMITTED",
      whoCanGrant: [expect.stringContaining("admin@acme.example")],
    });
    const elsewhere = await makeWorld(server, "Other");
    await expect(endSessions(elsewhere.admin, person.accountId)).rejects.toThrow("NOT_FOUND");
    const outsider = await makePerson(server, "outsider@elsewhere.example");
    await expect(endSessions(world.admin, outsider)).rejects.toThrow("NOT_FOUND");
    await door.signIn(person.email);
    await endSessions(world.admin, person.accountId);
    const { rows } = await server.pool.query<{ summary: string; after: object }>(
      "select summary, after from audit_entry where action = 'person.end_sessions' and subject_id = $1",
      [person.accountId],
    );
    expect(rows).toEqual([
      {
        summary: expect.stringContaining(`ended every session of ${person.email}`),
        after: { sessions: 1, rememberedBrowsers: 0, links: 0 },
      },
    ]);
  });
});
