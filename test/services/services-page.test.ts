import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeAccountOnSite, makeSite } from "../kit/factories.ts";
import { makeLinkedLogin, makeProduct, makeProductUser } from "../kit/product-user-factories.ts";
import { insertRow, query } from "../kit/query.ts";
import { Caller } from "../kit/schema-caller.ts";
import { openServicesWorld, type ServicesWorld } from "./services-world.ts";

let of: ServicesWorld;

beforeAll(async () => {
  of = await openServicesWorld();
});
afterAll(() => of?.close());

describe("the services of an account", () => {
  it("are its logins, those that carry its email and are on no account, and nobody else's", async () => {
    const { em } = of.world;
    const [person, other] = [await of.person(), await of.person()];
    const jira = await makeProduct(em, of.organizationId, { name: "A desk", kind: "JIRA" });
    const mine = await makeLinkedLogin(em, of.product, person.accountId, { loginName: "day" });
    const offered = await makeProductUser(em, jira.id, { email: person.email });
    const bot = await makeProductUser(em, of.product.id, { email: person.email, kind: "BOT" });
    await makeLinkedLogin(em, jira, other.accountId, { email: person.email, loginName: "taken" });
    await makeProductUser(em, jira.id, { email: other.email });
    const shown = await of.services(person);
    expect(shown.connected).toMatchObject([
      { id: mine.id, email: mine.email, loginName: "day", active: true, product: { name: "Network status" } },
    ]);
    expect(shown.offered).toMatchObject([
      { id: offered.id, obstacle: null, product: { name: "A desk" } },
      { id: bot.id, obstacle: expect.stringContaining("bot"), product: { name: "Network status" } },
    ]);
  });

  it("connect with a mail to the account's own address as well", async () => {
    const person = await of.person();
    const login = await makeProductUser(of.world.em, of.product.id, { email: person.email });
    expect((await of.services(person)).offered).toHaveLength(1);
    const secret = await of.askForLink(person, { email: person.email });
    expect(await of.accountOf(login.id)).toBeNull();
    await of.confirm(person, secret);
    const shown = await of.services(person);
    expect(shown.offered).toEqual([]);
    expect(shown.connected).toMatchObject([{ id: login.id }]);
  });

  it("are nothing that an API token reads", async () => {
    const person = await of.person();
    await makeLinkedLogin(of.world.em, of.product, person.accountId);
    const actor = person.actor;
    if (actor === null) {
      throw new Error("Nobody is signed in");
    }
    const token = { id: "01900000-0000-7000-8000-000000000002", mayChange: true, organizationId: null };
    const program = Caller.of(person, { ...actor, token });
    expect(await of.services(program)).toEqual({ connected: [], offered: [], pending: [], services: [] });
    expect((await of.services(person)).connected).toHaveLength(1);
  });
});

describe("further services (R69)", () => {
  const names = async (caller: Caller, isOpen: boolean): Promise<string[]> =>
    (await of.services(caller)).services
      .filter(({ because }) => because.length > 0 === isOpen)
      .map(({ name, because }) => (isOpen ? `${name}: ${because.toSorted().join(" ")}` : name));

  it("are what the account opens by presence, role or login, and what it could ask for", async () => {
    const { em } = of.world;
    const organizationId = await of.organization("Umbra");
    const site = (name: string) => makeSite(em, { organizationId, name });
    const [here, run, away] = [await site("Here"), await site("Run"), await site("Away")];
    const inactive = await site("Was here");
    const product = (name: string) => makeProduct(em, organizationId, { name });
    const [connected, owned, closed] = [
      await product("Mine"),
      await product("Owned"),
      await product("Closed"),
    ];
    const person = await of.person([
      { role: "SITE_ADMIN", organizationId, siteId: run.id },
      { role: "PRODUCT_OWNER", organizationId, productId: owned.id },
    ]);
    await makeAccountOnSite(em, here.id, { email: person.email });
    await makeAccountOnSite(em, inactive.id, { email: person.email, active: false });
    await makeLinkedLogin(em, connected, person.accountId);
    await insertRow(em, "access_request", {
      organization_id: organizationId,
      site_id: away.id,
      account_id: person.accountId,
      wish: "SITE_ACCESS",
      reason: "to look",
    });
    expect(await names(person, true)).toEqual([
      "Here: PRESENT",
      "Run: SITE_ADMIN",
      "Mine: CONNECTED",
      "Owned: PRODUCT_OWNER",
    ]);
    expect(await names(person, false)).toEqual(["Away", "Was here", "Closed"]);
    const { services } = await of.services(person);
    const rights = (name: string) => {
      const found = services.find((service) => service.name === name);
      return { mayAsk: found?.viewerCanAsk, asked: found?.asked };
    };
    expect(rights("Away")).toEqual({ mayAsk: false, asked: true });
    expect(rights("Was here")).toEqual({ mayAsk: true, asked: false });
    expect(rights(closed.name)).toEqual({ mayAsk: true, asked: false });
    expect(rights("Here")).toEqual({ mayAsk: false, asked: false });
  });

  it("can be asked for where the page says so", async () => {
    const organizationId = await of.organization("Penumbra");
    const site = await makeSite(of.world.em, { organizationId, name: "Ask me" });
    const person = await of.person([{ role: "MEMBER", organizationId }]);
    await person.data(
      "mutation R($input: RequestAccessInput!) { requestAccess(input: $input) { ... on AccessRequestResult { request { id } } } }",
      { input: { wish: "SITE_ACCESS", siteId: site.id, reason: "to work there" } },
    );
    const found = (await of.services(person)).services.find(({ name }) => name === "Ask me");
    expect(found).toMatchObject({ asked: true, viewerCanAsk: false });
  });

  it("name no site to who is only on another one, and nothing at all of other organizations", async () => {
    const { em } = of.world;
    const organizationId = await of.organization("Elsewhere");
    const site = await makeSite(em, { organizationId, name: "Front" });
    await makeSite(em, { organizationId, name: "Back office" });
    await makeProduct(em, organizationId, { name: "Pager" });
    const customer = await of.person([]);
    expect((await of.services(customer)).services).toEqual([]);
    await makeAccountOnSite(em, site.id, { email: customer.email });
    const shown = (await of.services(customer)).services;
    expect(shown.map(({ name, viewerCanAsk }) => [name, viewerCanAsk])).toEqual([
      ["Front", false],
      ["Pager", false],
    ]);
    await query(em, "update site_account set active = false where account_id = $1", [customer.accountId]);
    expect((await of.services(customer)).services).toEqual([]);
    const member = await of.person();
    expect(
      (await of.services(member)).services.map(({ organizationName }) => organizationName),
    ).not.toContain("Elsewhere");
  });
});
