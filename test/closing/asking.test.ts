import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insertRow } from "../kit/query.ts";
import { enrol, appCode, forgetSpentCodes, type SignInDoor } from "../sign-in/second-step.ts";
import { readCookies } from "../sign-in/sign-in-world.ts";
import { testPassword } from "../kit/server.ts";
import { openClosingWorld, type ClosingWorld, type SignedIn } from "./closing-world.ts";

const own = `{ viewer {
  closing { id state reason decisions { organizationName state deciders decisionReason } }
  closingOutlook { handOver organizations deciders }
} }`;

interface Own {
  viewer: {
    closing: { id: string; state: string; reason: string; decisions: object[] } | null;
    closingOutlook: { handOver: string[]; organizations: string[]; deciders: string[] } | null;
  };
}

let world: ClosingWorld;
const look = async (person: SignedIn): Promise<Own["viewer"]> => (await person.client.query<Own>(own)).viewer;
const member = (): Promise<SignedIn> =>
  world.signedIn([{ role: "MEMBER", organizationId: world.acme.organizationId }]);

beforeAll(async () => {
  world = await openClosingWorld();
});
afterAll(() => world?.stop());

describe("asking for one's account to be closed", () => {
  it("reaches the organization's admins by page, list and mail, and shows on one's own page", async () => {
    const { acme, other } = world;
    const mia = await member();
    expect((await look(mia)).closingOutlook).toEqual({
      handOver: [],
      organizations: ["Acme"],
      deciders: [expect.stringContaining("admin@acme.example")],
    });
    const { [acme.organizationId]: requestId, ...rest } = await world.asked(mia, " I leave ");
    expect(rest).toEqual({});
    const listed =
      "query L($id: ID!) { closingRequests(organizationId: $id) { id reason account { email } viewerCanDecide } }";
    const seen = await acme.admin.query(listed, { id: acme.organizationId });
    expect(seen).toEqual({
      closingRequests: [
        { id: requestId, reason: "I leave", account: { email: mia.email }, viewerCanDecide: true },
      ],
    });
    const inbox = await acme.admin.query("{ myWork { closingRequests { id } } }");
    expect(inbox).toEqual({ myWork: { closingRequests: [{ id: requestId }] } });
    expect(await other.admin.query("{ myWork { closingRequests { id } } }")).toEqual({
      myWork: { closingRequests: [] },
    });
    const mail = (await world.letters("admin@acme.example")).at(-1);
    expect(mail?.subject).toContain("asks for their account to be closed");
    expect(mail?.text).toContain("Their reason: I leave");
    expect((await look(mia)).closing).toMatchObject({
      state: "PENDING",
      reason: "I leave",
      decisions: [
        {
          organizationName: "Acme",
          state: "PENDING",
          deciders: [expect.stringContaining("admin@acme.example")],
        },
      ],
    });
    expect(await world.askToClose(mia)).toMatchObject({ status: 409, body: { code: "ALREADY_ASKED" } });
    const { action } = (await world.one<{ action: string }>(
      "select action from audit_entry where subject_id = $1 and organization_id = $2",
      mia.accountId,
      acme.organizationId,
    )) ?? { action: "" };
    expect(action).toBe("account.ask_closing");
  });

  it("is for organization admins to see, and for nobody else", async () => {
    const { acme, other } = world;
    const mia = await member();
    await world.asked(mia);
    const listed = "query L($id: ID!) { closingRequests(organizationId: $id) { id } }";
    const codes = async (person: { ask: SignedIn["client"]["ask"] }): Promise<string | undefined> =>
      (await person.ask(listed, { id: acme.organizationId })).errors?.[0]?.extensions?.code;
    expect(await codes(mia.client)).toBe("FORBIDDEN");
    expect(await codes(other.admin)).toBe("NOT_FOUND");
  });

  it("needs the password, and a session", async () => {
    const mia = await member();
    expect(await world.askToClose(mia, { password: "wrong horse battery staple" })).toMatchObject({
      status: 400,
      body: { code: "WRONG_PASSWORD", field: "password" },
    });
    expect(await world.askToClose({ ...mia, cookie: "" })).toMatchObject({ status: 401 });
    expect(await world.askToClose(mia, { reason: "x".repeat(501) })).toMatchObject({
      status: 400,
      body: { field: "reason" },
    });
    expect(
      await world.post(
        "/api/recovery/close-account",
        { password: testPassword },
        { cookie: mia.cookie, headers: { origin: "https://elsewhere.example" } },
      ),
    ).toMatchObject({ status: 403 });
    expect((await look(mia)).closing).toBeNull();
  });

  it("needs a code as well where two-step sign-in is on", async () => {
    const person = await enrol(door());
    const asker = { ...person, client: world.server.anonymous() };
    expect(await world.askToClose(asker)).toMatchObject({ body: { code: "CODE_NEEDED", field: "code" } });
    await forgetSpentCodes(door(), person.userId);
    expect(await world.askToClose(asker, { code: appCode(person.key) })).toMatchObject({ status: 200 });
  });

  it("can be taken back by oneself alone, and asked again", async () => {
    const [mia, eve] = [await member(), await member()];
    const { [world.acme.organizationId]: requestId = "" } = await world.asked(mia);
    const closingId = (await look(mia)).closing?.id ?? "";
    const document =
      "mutation W($input: WithdrawAccountClosingInput!) { withdrawAccountClosing(input: $input) { __typename } }";
    const { errors } = await eve.client.ask(document, { input: { closingId } });
    expect(errors?.[0]?.extensions?.code).toBe("NOT_FOUND");
    expect(await world.change(mia.client, "withdrawAccountClosing", { closingId })).toMatchObject({
      closing: { state: "WITHDRAWN" },
    });
    expect(await world.change(mia.client, "withdrawAccountClosing", { closingId })).toMatchObject({
      code: "ALREADY_DONE",
    });
    expect(await world.decide(world.acme.admin, requestId, "approve")).toMatchObject({
      code: "ALREADY_DONE",
    });
    expect((await mia.client.query<Own>(own)).viewer.closing?.state).toBe("WITHDRAWN");
    await world.asked(mia);
    expect((await look(mia)).closing?.state).toBe("PENDING");
  });
});

describe("what has to be handed over first", () => {
  it("is said before asking, and asking is refused with it", async () => {
    const { server } = world;
    const em = server.database.orm.em.fork();
    const [sole] = await em
      .getConnection()
      .execute<{ id: string }[]>(
        "insert into organization (name, distribution_list_words, bot_words) values ('Sole', '{}', '{}') returning id",
      );
    const organizationId = sole?.id ?? "";
    const productId = await insertRow(em, "product", {
      organization_id: organizationId,
      kind: "JIRA",
      hosting: "CLOUD",
      name: "Desk",
    });
    const ann = await world.signedIn([
      { role: "ORGANIZATION_ADMIN", organizationId },
      { role: "PRODUCT_OWNER", organizationId, productId },
    ]);
    const { closingOutlook } = await look(ann);
    expect(closingOutlook?.handOver).toEqual([
      "You are the last admin of Sole who can sign in. Make somebody else organization admin.",
      "You own Desk. Transfer its ownership to somebody who accepts it.",
    ]);
    const { status, body } = await world.askToClose(ann);
    expect({ status, code: body.code }).toEqual({ status: 409, code: "HAND_OVER" });
    expect(body.message).toContain("You own Desk.");
    await world.signedIn([{ role: "ORGANIZATION_ADMIN", organizationId }]);
    expect((await look(ann)).closingOutlook?.handOver).toHaveLength(1);
    await server.pool.query("delete from role_assignment where role = 'PRODUCT_OWNER' and account_id = $1", [
      ann.accountId,
    ]);
    expect(await world.askToClose(ann)).toMatchObject({ status: 200 });
  });

  it("is a site where no organization admin can sign in", async () => {
    const { server } = world;
    const { rows } = await server.pool.query<{ id: string; site: string }>(
      `with o as (insert into organization (name, distribution_list_words, bot_words) values ('Lone', '{}', '{}') returning id),
       a as (insert into account (email, name) values ('nobody.signs.in@lone.example', 'N') returning id),
       r as (insert into role_assignment (account_id, role, organization_id) select a.id, 'ORGANIZATION_ADMIN', o.id from a, o),
       s as (insert into site (organization_id, name, url_name) select id, 'Lone Help', 'lone-help' from o returning id)
       select o.id, s.id as site from o, s`,
    );
    const organizationId = rows[0]?.id ?? "";
    const keeper = await world.signedIn([{ role: "ORGANIZATION_ADMIN", organizationId }]);
    const sid = await world.signedIn([{ role: "SITE_ADMIN", organizationId, siteId: rows[0]?.site ?? "" }]);
    expect((await look(sid)).closingOutlook?.handOver).toEqual([]);
    await server.pool.query("update role_assignment set role = 'MEMBER' where account_id = $1", [
      keeper.accountId,
    ]);
    expect((await look(sid)).closingOutlook?.handOver).toEqual([
      "Nobody but you administers Lone Help. Make somebody else its site admin.",
    ]);
    await server.pool.query("update role_assignment set role = 'ORGANIZATION_ADMIN' where account_id = $1", [
      keeper.accountId,
    ]);
  });

  it("does not matter for bots, which are not closed this way", async () => {
    const bot = await member();
    await world.put(bot, world.acme.destination.id);
    await world.server.pool.query("update site_account set kind = 'BOT' where account_id = $1", [
      bot.accountId,
    ]);
    const { status, body } = await world.askToClose(bot);
    expect({ status, code: body.code }).toEqual({ status: 403, code: "NOT_CLOSABLE" });
    expect(body.message).toContain("marked as a bot on Acme Help");
    expect(body.whoCanGrant).toEqual(["A site admin of Acme Help"]);
  });
});

function door(): SignInDoor {
  const { server } = world;
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
  return {
    pool: server.pool,
    send,
    async addPerson() {
      const { accountId, email } = await member();
      const user = await world.one<{ id: string }>(
        "select id from auth_user where account_id = $1",
        accountId,
      );
      return { accountId, userId: user?.id ?? "", email };
    },
    signIn: async (email) =>
      readCookies(await send("/sign-in/email", { body: { email, password: testPassword } })),
  };
}
