import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { makeAccountOnSite, makeSite } from "../kit/factories.ts";
import { makeLinkedLogin, makeProduct, makeProductUser } from "../kit/product-user-factories.ts";
import { insertRow, query } from "../kit/query.ts";
import type { Caller } from "../kit/schema-caller.ts";
import { openServicesWorld, type ServicesWorld } from "./services-world.ts";

let of: ServicesWorld;

beforeAll(async () => {
  of = await openServicesWorld();
});
afterAll(() => of?.close());

const askDocument = `mutation Ask($input: RequestServiceConnectionInput!) { requestServiceConnection(input: $input) {
  __typename ... on PendingConnectionResult { pending { id email loginName askedAt expiresAt } }
  ... on Refused { code message field whoCanGrant } } }`;

/** The answer to asking as it goes over the wire, without what differs by itself. */
async function answerTo(caller: Caller, email: string): Promise<string> {
  const answer = await caller.answer(askDocument, { input: { productId: of.product.id, email } });
  return JSON.stringify(answer)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "<id>")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>")
    .replaceAll(email, "<email>");
}

/** The labels of the statements that asking runs. */
async function statementsOf(caller: Caller, email: string): Promise<string[]> {
  const spy = vi.spyOn(pg.Client.prototype, "query");
  try {
    await answerTo(caller, email);
    const asked = spy.mock.calls.map(([query]: unknown[]) =>
      typeof query === "string" ? query : String((query as { text?: string }).text),
    );
    return asked.flatMap((text) => /\/\* ([\w.]+) \*\//.exec(text)?.[1] ?? []);
  } finally {
    spy.mockRestore();
  }
}

describe("asking tells nothing", () => {
  it("answers and shows the same for a login, none, a bot, one on another account and several of one email", async () => {
    const { em } = of.world;
    const person = await of.person();
    const known = await makeProductUser(em, of.product.id);
    const bot = await makeProductUser(em, of.product.id, { kind: "BOT" });
    const taken = await makeLinkedLogin(em, of.product, (await of.person()).accountId);
    await makeProductUser(em, of.product.id, { email: "several@example.com", loginName: "one" });
    await makeProductUser(em, of.product.id, { email: "several@example.com", loginName: "two" });
    const emails = [known.email, "nobody@example.com", bot.email, taken.email, "several@example.com"];
    const answers: string[] = [];
    const shown: string[] = [];
    for (const email of emails) {
      answers.push(await answerTo(person, email));
      await of.grant();
      const { pending } = await of.services(person);
      shown.push(
        JSON.stringify(
          pending.map((row) => ({ ...row, id: 0, email: row.email === email, askedAt: 0, expiresAt: 0 })),
        ),
      );
    }
    expect(new Set(answers)).toHaveLength(1);
    expect(answers[0]).toContain("PendingConnectionResult");
    expect(new Set(shown)).toHaveLength(1);
    expect(await of.letters("nobody@example.com")).toEqual([]);
  });

  it("runs the same statements for a login and for none, also when something waits already", async () => {
    const known = await makeProductUser(of.world.em, of.product.id);
    const [first, second] = [await of.person(), await of.person()];
    const ofKnown = [await statementsOf(first, known.email)];
    const ofNobody = [await statementsOf(second, "nobody@example.com")];
    await of.grant();
    ofKnown.push(await statementsOf(first, known.email));
    ofNobody.push(await statementsOf(second, "nobody@example.com"));
    expect(ofKnown).toEqual(ofNobody);
    expect(ofKnown[0]).toContain("services.recordWish");
    expect(ofKnown.flat().filter((label) => /login/i.test(label))).toEqual([]);
  });

  it("sends the mail to the address as it stands at the login, and to nobody else", async () => {
    const person = await of.person();
    await makeProductUser(of.world.em, of.product.id, { email: "ada+work@example.com" });
    await of.ask(person, { email: "Ada+Work@EXAMPLE.com" });
    await of.ask(await of.person(), { email: "ada@example.com" });
    await of.grant();
    expect(await of.letters("ada+work@example.com")).toHaveLength(1);
    expect(await of.letters("ada@example.com")).toEqual([]);
    expect(await of.letters(person.email)).toEqual([]);
  });

  it("binds the link to account, organization, login and address, for ten minutes", async () => {
    const person = await of.person();
    const login = await makeProductUser(of.world.em, of.product.id);
    await of.askForLink(person, { email: login.email });
    const proofs = await query(
      of.world.em,
      `select purpose, email, account_id, organization_id, source_type, source_id, created_by,
         expires_at - created_at <= interval '10 minutes' as brief from email_proof where source_id = $1`,
      [login.id],
    );
    expect(proofs).toEqual([
      {
        purpose: "LINK_SERVICE",
        email: login.email,
        account_id: person.accountId,
        organization_id: of.organizationId,
        source_type: "PRODUCT_USER",
        source_id: login.id,
        created_by: person.accountId,
        brief: true,
      },
    ]);
  });

  it("names what is wrong with an input", async () => {
    const person = await of.person();
    expect(await of.ask(person, { email: "ada at example" })).toMatchObject({
      code: "INVALID_INPUT",
      field: "email",
    });
    expect(await of.ask(person, { email: "ada@example.com", loginName: "x".repeat(201) })).toMatchObject({
      code: "INVALID_INPUT",
      field: "loginName",
    });
  });
});

describe("a product can be chosen", () => {
  const canAsk = async (caller: Caller, productId: string): Promise<boolean> => {
    const codes = await caller.errorCodes(askDocument, { input: { productId, email: "x@example.com" } });
    expect(codes).toEqual(codes.length === 0 ? [] : ["NOT_FOUND"]);
    return codes.length === 0;
  };

  it("of an organization where the account has a role, is on a site, or a login has its proven address", async () => {
    const { em } = of.world;
    const organizationId = await of.organization("Umbra");
    const site = await makeSite(em, { organizationId });
    const product = await makeProduct(em, organizationId);
    const stranger = await of.person();
    expect(await canAsk(stranger, product.id)).toBe(false);
    const answer = await stranger.answer(askDocument, {
      input: { productId: product.id, email: "x@example.com" },
    });
    const missing = await stranger.answer(askDocument, {
      input: { productId: "01900000-0000-7000-8000-00000000dead", email: "x@example.com" },
    });
    expect(answer).toEqual(missing);

    await makeAccountOnSite(em, site.id, { email: stranger.email, active: false });
    expect(await canAsk(stranger, product.id)).toBe(false);
    await query(em, "update site_account set active = true where account_id = $1", [stranger.accountId]);
    expect(await canAsk(stranger, product.id)).toBe(true);

    const withLogin = await of.person();
    expect(await canAsk(withLogin, product.id)).toBe(false);
    await makeProductUser(em, product.id, { email: withLogin.email });
    expect(await canAsk(withLogin, product.id)).toBe(true);

    const withRole = await of.person();
    await insertRow(em, "role_assignment", {
      account_id: withRole.accountId,
      role: "MEMBER",
      organization_id: organizationId,
    });
    expect(await canAsk(withRole, product.id)).toBe(true);
  });
});

describe("limits", () => {
  it("ten asks in ten minutes, for this account alone, whoever is asked for", async () => {
    const [person, other] = [await of.person(), await of.person()];
    const known = await makeProductUser(of.world.em, of.product.id);
    const codes = [];
    for (let round = 0; round < 12; round += 1) {
      const email = round % 2 === 0 ? known.email : "nobody@example.com";
      codes.push((await of.ask(person, { email })).code ?? "asked");
    }
    expect(codes).toEqual([...Array<string>(10).fill("asked"), "TOO_MANY", "TOO_MANY"]);
    expect((await of.ask(other, { email: known.email })).code).toBeUndefined();
  });

  it("ten links in ten minutes, so that nobody tries secrets", async () => {
    const person = await of.person();
    const codes = [];
    for (let round = 0; round < 11; round += 1) {
      codes.push((await of.confirm(person, "a".repeat(43))).code);
    }
    expect(codes).toEqual([...Array<string>(10).fill("INVALID_STATE"), "TOO_MANY"]);
  });
});
