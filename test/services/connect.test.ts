import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeLinkedLogin, makeProduct, makeProductUser } from "../kit/product-user-factories.ts";
import { query } from "../kit/query.ts";
import type { Caller } from "../kit/schema-caller.ts";
import { openServicesWorld, type ServicesWorld } from "./services-world.ts";

let of: ServicesWorld;

beforeAll(async () => {
  of = await openServicesWorld();
});
afterAll(() => of?.close());

/** Somebody of the organization, and a login of the product under another address. */
async function begin(login: Parameters<typeof makeProductUser>[2] = {}) {
  return { person: await of.person(), login: await makeProductUser(of.world.em, of.product.id, login) };
}
const subjects = async (email: string): Promise<string[]> =>
  (await of.letters(email)).map(({ subject }) => subject);

describe("Change account (R68)", () => {
  it("waits for the login's own address, then links it in the place of the former one, and tells both", async () => {
    const { person, login } = await begin();
    const former = await makeLinkedLogin(of.world.em, of.product, person.accountId);
    const asked = await of.ask(person, { email: ` ${login.email.toUpperCase()} ` });
    expect(asked).toMatchObject({ pending: { email: login.email, product: { name: "Network status" } } });
    const [pending] = (await of.services(person)).pending;
    expect(pending).toMatchObject({ email: login.email, loginName: "" });
    const minutes = (Date.parse(pending?.expiresAt ?? "") - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(9.5);
    expect(minutes).toBeLessThanOrEqual(10);
    await of.grant();
    expect(await of.accountOf(login.id)).toBeNull();
    expect(await subjects(person.email)).toEqual([]);
    expect(await subjects(login.email)).toEqual(["Connect your login of Network status"]);

    const secret = await of.askForLink(person, { email: login.email });
    expect(await of.show(person, secret)).toMatchObject({
      product: { name: "Network status", organizationName: "Acme" },
      email: login.email,
      accountEmail: person.email,
      replaces: former.email,
      moves: false,
    });
    expect(await of.accountOf(login.id)).toBeNull();
    expect(await of.confirm(person, secret)).toMatchObject({
      changedId: login.id,
      services: { connected: [{ id: login.id, email: login.email }], pending: [] },
    });
    expect(await of.accountOf(login.id)).toBe(person.accountId);
    expect(await of.accountOf(former.id)).toBeNull();
    expect(await subjects(person.email)).toEqual(["Network status is connected to your account"]);
    expect(await subjects(former.email)).toEqual(["Your login of Network status is connected no longer"]);
  });

  it("stands in the log of the product's organization: asked, connected, disconnected", async () => {
    const { person, login } = await begin();
    const former = await makeLinkedLogin(of.world.em, of.product, person.accountId);
    await of.confirm(person, await of.askForLink(person, { email: login.email }));
    const own = (entries: { actor: string }[]) => entries.filter(({ actor }) => actor === person.email);
    expect(own(await of.audit("service.ask"))).toMatchObject([
      { summary: `${person.email} asked to connect the login ${login.email} of Network status` },
    ]);
    expect(own(await of.audit("service.connect"))).toMatchObject([
      { before: { account: null }, after: { account: person.email } },
    ]);
    expect(own(await of.audit("service.disconnect"))).toMatchObject([
      { summary: expect.stringContaining(former.email), after: { account: null } },
    ]);
  });

  it("leaves logins of other products and the accounts themselves as they are (R54)", async () => {
    const { person, login } = await begin();
    const other = await of.person();
    const taken = await makeProductUser(of.world.em, of.product.id, { email: other.email });
    const elsewhere = await makeLinkedLogin(
      of.world.em,
      await makeProduct(of.world.em, of.organizationId),
      person.accountId,
    );
    await of.confirm(person, await of.askForLink(person, { email: login.email }));
    await of.confirm(person, await of.askForLink(person, { email: taken.email }));
    expect(await of.accountOf(elsewhere.id)).toBe(person.accountId);
    expect(await of.accountOf(taken.id)).toBe(person.accountId);
    const accounts = await query(
      of.world.em,
      "select id, email from account where id = any($1) order by email",
      [[person.accountId, other.accountId]],
    );
    expect(accounts).toEqual([
      { id: person.accountId, email: person.email },
      { id: other.accountId, email: other.email },
    ]);
    expect((await of.services(other)).connected).toEqual([]);
  });

  it("is refused for the login that is connected already", async () => {
    const person = await of.person();
    const login = await makeLinkedLogin(of.world.em, of.product, person.accountId);
    expect(await of.ask(person, { email: login.email })).toMatchObject({
      code: "ALREADY_DONE",
      field: "email",
    });
  });

  it("answers a repeat with the same key by the same connection", async () => {
    const { person, login } = await begin();
    const secret = await of.askForLink(person, { email: login.email });
    const key = "a-key-of-this-test";
    expect(await of.confirm(person, secret, key)).toMatchObject({ changedId: login.id });
    expect(await of.confirm(person, secret, key)).toMatchObject({ changedId: login.id });
    expect(await subjects(person.email)).toHaveLength(1);
  });
});

describe("a link", () => {
  const dead = { code: "INVALID_STATE", message: expect.stringContaining("does not work any more") };

  it("works once", async () => {
    const { person, login } = await begin();
    const secret = await of.askForLink(person, { email: login.email });
    await of.confirm(person, secret);
    expect(await of.confirm(person, secret)).toMatchObject(dead);
    expect(await of.show(person, secret)).toMatchObject(dead);
  });

  it("works until a newer one is asked for, also before that is sent", async () => {
    const { person, login } = await begin();
    const first = await of.askForLink(person, { email: login.email });
    await of.ask(person, { email: login.email });
    expect(await of.confirm(person, first)).toMatchObject(dead);
    expect((await of.services(person)).pending).toHaveLength(1);
    const second = await of.askForLink(person, { email: login.email });
    expect(await of.confirm(person, first)).toMatchObject(dead);
    expect(await of.confirm(person, second)).toMatchObject({ changedId: login.id });
  });

  it("works until it is cancelled, by who asked alone", async () => {
    const { person, login } = await begin();
    const stranger = await of.person();
    const secret = await of.askForLink(person, { email: login.email });
    const [pending] = (await of.services(person)).pending;
    const input = { pendingId: pending?.id };
    const document =
      "mutation C($input: CancelServiceConnectionInput!) { cancelServiceConnection(input: $input) { __typename } }";
    expect(await stranger.errorCodes(document, { input })).toEqual(["NOT_FOUND"]);
    expect(await of.change(person, "cancelServiceConnection", input)).toMatchObject({
      services: { pending: [] },
    });
    expect(await person.errorCodes(document, { input })).toEqual(["NOT_FOUND"]);
    expect(await of.confirm(person, secret)).toMatchObject(dead);
    await of.grant();
    const [left] = await query(
      of.world.em,
      `select (select count(*)::int from service_wish where account_id = $1) as wishes,
         (select count(*)::int from email_proof where account_id = $1 and purpose = 'LINK_SERVICE' and revoked_at is null) as open`,
      [person.accountId],
    );
    expect(left).toEqual({ wishes: 0, open: 0 });
    expect((await of.audit("service.cancel")).map(({ actor }) => actor)).toContain(person.email);
  });

  it("works for ten minutes", async () => {
    const { person, login } = await begin();
    const secret = await of.askForLink(person, { email: login.email });
    await query(
      of.world.em,
      `update service_wish set asked_at = asked_at - interval '10 minutes', expires_at = expires_at - interval '10 minutes'
       where account_id = $1`,
      [person.accountId],
    );
    expect(await of.confirm(person, secret)).toMatchObject(dead);
    expect((await of.services(person)).pending).toEqual([]);
    const again = await of.askForLink(person, { email: login.email });
    await query(
      of.world.em,
      `update email_proof set created_at = created_at - interval '10 minutes', expires_at = expires_at - interval '10 minutes'
       where account_id = $1 and purpose = 'LINK_SERVICE' and revoked_at is null`,
      [person.accountId],
    );
    expect(await of.confirm(person, again)).toMatchObject(dead);
    expect(await of.accountOf(login.id)).toBeNull();
  });

  it("is worth nothing to another account, a token or nobody, and says whose session it needs", async () => {
    const { person, login } = await begin();
    const other = await of.person();
    const secret = await of.askForLink(person, { email: login.email });
    const masked = `p…@acme.example`;
    for (const answer of [await of.show(other, secret), await of.confirm(other, secret)]) {
      expect(answer).toMatchObject({ code: "NOT_PERMITTED", whoCanGrant: [masked] });
      expect(answer.message).toContain(masked);
      expect(answer.message).not.toContain(person.email);
    }
    const document = `mutation C($input: ConfirmServiceConnectionInput!) { confirmServiceConnection(input: $input) { __typename } }`;
    expect(await of.world.anonymous().errorCodes(document, { input: { secret } })).toEqual([
      "UNAUTHENTICATED",
    ]);
    expect(await of.accountOf(login.id)).toBeNull();
    expect(await of.confirm(person, secret)).toMatchObject({ changedId: login.id });
  });

  it("is worth nothing once the login has another address, is gone, or the account left the organization", async () => {
    const { person, login } = await begin();
    const moved = await of.askForLink(person, { email: login.email });
    await query(of.world.em, "update product_user set email = 'elsewhere@example.com' where id = $1", [
      login.id,
    ]);
    expect(await of.confirm(person, moved)).toMatchObject(dead);
    const other = await makeProductUser(of.world.em, of.product.id);
    const gone = await of.askForLink(person, { email: other.email });
    await query(of.world.em, "delete from product_user where id = $1", [other.id]);
    expect(await of.confirm(person, gone)).toMatchObject(dead);
    const last = await makeProductUser(of.world.em, of.product.id);
    const left = await of.askForLink(person, { email: last.email });
    await query(of.world.em, "delete from role_assignment where account_id = $1", [person.accountId]);
    expect(await of.confirm(person, left)).toMatchObject(dead);
    expect(await of.accountOf(last.id)).toBeNull();
  });
});

describe("at the same moment", () => {
  it("two clicks on one link: one connects, the other is told, ten times out of ten", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { person, login } = await begin();
      const former = await makeLinkedLogin(of.world.em, of.product, person.accountId);
      const secret = await of.askForLink(person, { email: login.email });
      const answers = await Promise.all([of.confirm(person, secret), of.confirm(person, secret)]);
      expect(answers.map(({ code }) => code ?? "done").toSorted()).toEqual(["INVALID_STATE", "done"]);
      expect(await of.accountOf(login.id)).toBe(person.accountId);
      expect(await of.accountOf(former.id)).toBeNull();
    }
  });

  it("two accounts connect one login: it is on one of them, and the other is told", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { person, login } = await begin();
      const other = await of.person();
      const secrets = [
        await of.askForLink(person, { email: login.email }),
        await of.askForLink(other, { email: login.email }),
      ];
      const answers = await Promise.all([
        of.confirm(person, secrets[0] ?? ""),
        of.confirm(other, secrets[1] ?? ""),
      ]);
      expect(answers.map(({ __typename }) => __typename)).toEqual([
        "ViewerServicesResult",
        "ViewerServicesResult",
      ]);
      const holder = await of.accountOf(login.id);
      const loser = holder === person.accountId ? other : person;
      expect([person.accountId, other.accountId]).toContain(holder);
      expect(await subjects(loser.email)).toContain("Network status is connected to another account");
    }
  });

  it("two accounts swap their logins without an error", async () => {
    for (let round = 0; round < 5; round += 1) {
      const [first, second] = [await of.person(), await of.person()];
      const ofFirst = await makeLinkedLogin(of.world.em, of.product, first.accountId);
      const ofSecond = await makeLinkedLogin(of.world.em, of.product, second.accountId);
      const secrets = [
        await of.askForLink(first, { email: ofSecond.email }),
        await of.askForLink(second, { email: ofFirst.email }),
      ];
      const answers = await Promise.all([
        of.confirm(first, secrets[0] ?? ""),
        of.confirm(second, secrets[1] ?? ""),
      ]);
      expect(answers.map(({ __typename }) => __typename)).toEqual([
        "ViewerServicesResult",
        "ViewerServicesResult",
      ]);
      const linked = await query(
        of.world.em,
        "select from product_user where account_id = any($1) group by account_id having count(*) > 1",
        [[first.accountId, second.accountId]],
      );
      expect(linked).toEqual([]);
      expect(await of.accountOf(ofSecond.id)).not.toBe(second.accountId);
      expect(await of.accountOf(ofFirst.id)).not.toBe(first.accountId);
    }
  });
});

describe("a login that is on another account", () => {
  it("moves with the proof of its own address alone, and its former owner is told", async () => {
    const [owner, person] = [await of.person(), await of.person()];
    const login = await makeLinkedLogin(of.world.em, of.product, owner.accountId);
    const secret = await of.askForLink(person, { email: login.email });
    expect(await of.accountOf(login.id)).toBe(owner.accountId);
    expect(await subjects(owner.email)).toEqual([]);
    expect(await of.show(person, secret)).toMatchObject({ moves: true });
    await of.confirm(person, secret);
    expect(await of.accountOf(login.id)).toBe(person.accountId);
    expect((await of.services(owner)).connected).toEqual([]);
    expect(await subjects(owner.email)).toEqual(["Network status is connected to another account"]);
    expect(await of.audit("service.connect")).toContainEqual(
      expect.objectContaining({
        summary: `${person.email} connected the login ${login.email} of Network status, which was on the account of ${owner.email}`,
        before: { account: owner.email },
      }),
    );
  });
});

describe("several logins of one email (R67)", () => {
  it("are told apart by their names: one is connected, and the address is told when none was named", async () => {
    const person = await of.person();
    const email = "shared@example.com";
    const first = await makeProductUser(of.world.em, of.product.id, { email, loginName: "night" });
    const second = await makeProductUser(of.world.em, of.product.id, { email, loginName: "day" });
    for (const loginName of ["", "noon"]) {
      await of.ask(person, { email, loginName });
      await of.grant();
      const letter = (await of.letters(email)).at(-1);
      expect(letter?.subject).toBe("Which login of Network status?");
      expect(letter?.text).toContain("day, night");
      expect(letter?.text).not.toMatch(/\/connect\//);
    }
    await of.confirm(person, await of.askForLink(person, { email, loginName: "night" }));
    expect(await of.accountOf(first.id)).toBe(person.accountId);
    await of.confirm(person, await of.askForLink(person, { email, loginName: "day" }));
    expect(await of.accountOf(second.id)).toBe(person.accountId);
    expect(await of.accountOf(first.id)).toBeNull();
  });

  it("need no name where there is one login", async () => {
    const { person, login } = await begin({ loginName: "only" });
    await of.confirm(person, await of.askForLink(person, { email: login.email }));
    expect(await of.accountOf(login.id)).toBe(person.accountId);
  });
});

describe("a login that nobody connects", () => {
  const cases = [
    { what: "a bot", login: { kind: "BOT" as const }, reason: "It is a bot" },
    {
      what: "a distribution list",
      login: { kind: "DISTRIBUTION_LIST" as const },
      reason: "distribution list",
    },
    { what: "an inactive one", login: { active: false }, reason: "inactive in the product" },
  ];

  it.each(cases)(
    "$what: only its own address is told why, and gets no link",
    async ({ login: made, reason }) => {
      const { person, login } = await begin(made);
      const asked = await of.ask(person, { email: login.email });
      expect(asked.__typename).toBe("PendingConnectionResult");
      await of.grant();
      const letters = await of.letters(login.email);
      expect(letters.map(({ subject }) => subject)).toEqual([
        "This login of Network status cannot be connected",
      ]);
      expect(letters[0]?.text.replaceAll(/\s+/g, " ")).toContain(reason);
      expect(letters[0]?.text).not.toMatch(/\/connect\//);
      expect(await of.letters(person.email)).toEqual([]);
    },
  );

  it.each(cases)(
    "$what by the time of the click: who has the link is told why and who can help",
    async ({ login: made, reason }) => {
      const { person, login } = await begin();
      const admin = await of.person([{ role: "ORGANIZATION_ADMIN", organizationId: of.organizationId }]);
      const secret = await of.askForLink(person, { email: login.email });
      await query(of.world.em, "update product_user set kind = $2, active = $3 where id = $1", [
        login.id,
        "kind" in made ? made.kind : "PERSON",
        !("active" in made),
      ]);
      for (const answer of [await of.show(person, secret), await of.confirm(person, secret)]) {
        expect(answer).toMatchObject({ code: "INVALID_STATE", message: expect.stringContaining(reason) });
        expect(answer.whoCanGrant).toContain(`${admin.actor?.name} (${admin.email})`);
      }
      expect(await of.accountOf(login.id)).toBeNull();
    },
  );
});

describe("Disconnect", () => {
  const document =
    "mutation D($input: DisconnectServiceInput!) { disconnectService(input: $input) { __typename } }";

  it("takes the login off the account, tells both addresses and the log", async () => {
    const person = await of.person();
    const login = await makeLinkedLogin(of.world.em, of.product, person.accountId);
    expect(await of.change(person, "disconnectService", { loginId: login.id })).toMatchObject({
      changedId: login.id,
      services: { connected: [] },
    });
    expect(await of.accountOf(login.id)).toBeNull();
    expect(await subjects(person.email)).toEqual(["Network status is connected to your account no longer"]);
    expect(await subjects(login.email)).toEqual(["Your login of Network status is connected no longer"]);
    expect(await of.audit("service.disconnect")).toContainEqual(
      expect.objectContaining({
        actor: person.email,
        summary: `${person.email} disconnected the login ${login.email} of Network status`,
      }),
    );
    expect(await person.errorCodes(document, { input: { loginId: login.id } })).toEqual(["NOT_FOUND"]);
  });

  it("is nobody else's", async () => {
    const [owner, other] = [await of.person(), await of.person()];
    const login = await makeLinkedLogin(of.world.em, of.product, owner.accountId);
    const tries: Caller[] = [
      other,
      await of.person([{ role: "ORGANIZATION_ADMIN", organizationId: of.organizationId }]),
    ];
    for (const caller of tries) {
      expect(await caller.errorCodes(document, { input: { loginId: login.id } })).toEqual(["NOT_FOUND"]);
    }
    expect(await of.accountOf(login.id)).toBe(owner.accountId);
  });
});
