import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  makeAccountOnSite,
  makeGroup,
  makeOrganization,
  makePortalCustomer,
  makeSite,
  type MadeSite,
} from "../kit/factories.ts";
import { query } from "../kit/query.ts";
import { openSchemaWorld, type Caller, type SchemaWorld } from "../kit/schema-caller.ts";

const document = `query Directory($organizationId: ID!, $filter: DirectoryFilter, $first: Int, $after: String) {
  directory(organizationId: $organizationId, filter: $filter, first: $first, after: $after) {
    edges { cursor node { id email name type active customerRole kind duplicate profileId site { id name } } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
    totalCount totalIsEstimate
  }
}`;

interface Entry {
  id: string;
  email: string;
  type: string;
  active: boolean;
  customerRole: boolean;
  kind: string | null;
  duplicate: boolean;
  profileId: string;
  site: { id: string };
}
interface Answer {
  directory: {
    edges: { cursor: string; node: Entry }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
    totalCount: number;
    totalIsEstimate: boolean;
  };
}

let world: SchemaWorld;
let admin: Caller;
let organizationId: string;
let first: MadeSite;
let second: MadeSite;

beforeAll(async () => {
  world = await openSchemaWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  organizationId = (await makeOrganization(world.em)).id;
  first = await makeSite(world.em, { organizationId });
  second = await makeSite(world.em, { organizationId });
  admin = await world.person([{ role: "ORGANIZATION_ADMIN", organizationId }]);
});

async function list(filter: object | null = null, paging: object = {}): Promise<Answer["directory"]> {
  const data = await admin.data<Answer>(document, { organizationId, filter, first: 100, ...paging });
  return data.directory;
}

async function emails(filter: object | null): Promise<string[]> {
  return (await list(filter)).edges.map(({ node }) => `${node.email} ${node.type}`);
}

/** Unlike the emails of other tests in this database. */
function own(local: string): string {
  return `${local}@${organizationId.slice(-12)}.com`;
}

describe("directory", () => {
  it("lists every identity of every site in the order of email, type and site", async () => {
    await makeAccountOnSite(world.em, second.id, { email: own("b") });
    await makeAccountOnSite(world.em, first.id, { email: own("b") });
    await makePortalCustomer(world.em, first.id, { email: own("b") });
    await makePortalCustomer(world.em, first.id, { email: own("a") });
    await makePortalCustomer(world.em, second.id, { email: own("c"), active: false, kind: "BOT" });
    const foreign = await makeSite(world.em);
    await makePortalCustomer(world.em, foreign.id, { email: own("z") });

    const { edges, totalCount, totalIsEstimate } = await list();
    expect(edges.map(({ node }) => [node.email, node.type, node.site.id])).toEqual([
      [own("a"), "PORTAL_ONLY", first.id],
      [own("b"), "ATLASSIAN_ACCOUNT", [first.id, second.id].sort()[0]],
      [own("b"), "ATLASSIAN_ACCOUNT", [first.id, second.id].sort()[1]],
      [own("b"), "PORTAL_ONLY", first.id],
      [own("c"), "PORTAL_ONLY", second.id],
    ]);
    expect(totalCount).toBe(5);
    expect(totalIsEstimate).toBe(false);
    expect(edges.map(({ node }) => node.duplicate)).toEqual(
      edges.map(({ node }) => node.email === own("b") && node.site.id === first.id),
    );
    expect(edges[4]?.node).toMatchObject({ active: false, kind: "BOT" });
    expect(new Set(edges.map(({ node }) => node.id)).size).toBe(5);
  });

  it("gives the same rows page by page as at once", async () => {
    for (const [index, site] of [first, second, first, second, first, second, first].entries()) {
      const email = own(`person${index % 4}`);
      await makePortalCustomer(world.em, site.id, { email: `${index}${email}` });
      await makeAccountOnSite(world.em, site.id, { email: index < 4 ? email : `${index % 2}${email}` });
    }
    const whole = (await list()).edges.map(({ node }) => node.id);
    expect(whole).toHaveLength(14);
    // One by one, so that every pair of equal emails is cut apart once.
    for (const size of [1, 3]) {
      const paged: string[] = [];
      let after: string | null = null;
      do {
        const page: Answer["directory"] = await list(null, { first: size, after });
        expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
        paged.push(...page.edges.map(({ node }) => node.id));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(paged).toEqual(whole);
    }
  });

  it("narrows by site, type, activity and duplicates, alone and together", async () => {
    await makeAccountOnSite(world.em, first.id, { email: own("both"), active: false });
    await makePortalCustomer(world.em, first.id, { email: own("both") });
    await makePortalCustomer(world.em, first.id, { email: own("gone"), active: false });
    await makePortalCustomer(world.em, second.id, { email: own("there") });

    expect(await emails({ siteId: second.id })).toEqual([`${own("there")} PORTAL_ONLY`]);
    expect(await emails({ type: "ATLASSIAN_ACCOUNT" })).toEqual([`${own("both")} ATLASSIAN_ACCOUNT`]);
    expect(await emails({ active: false })).toEqual([
      `${own("both")} ATLASSIAN_ACCOUNT`,
      `${own("gone")} PORTAL_ONLY`,
    ]);
    const both = [`${own("both")} ATLASSIAN_ACCOUNT`, `${own("both")} PORTAL_ONLY`];
    expect(await emails({ duplicatesOnly: true })).toEqual(both);
    expect(await emails({ type: "BOTH" })).toEqual(both);
    expect(await emails({ duplicatesOnly: true, type: "PORTAL_ONLY" })).toEqual(both.slice(1));
    expect(await emails({ duplicatesOnly: true, active: false })).toEqual(both.slice(0, 1));
    expect(await emails({ duplicatesOnly: true, search: "bot" })).toEqual(both);
    expect(await emails({ duplicatesOnly: true, search: "gone" })).toEqual([]);
    expect(await emails({ type: "NONE" })).toEqual([]);
    expect((await list({ duplicatesOnly: true })).totalCount).toBe(2);
    expect((await list({ active: false, siteId: first.id })).totalCount).toBe(2);
  });

  it("finds the beginning of an email and the beginnings of words of a name", async () => {
    await makePortalCustomer(world.em, first.id, { email: own("jsmith"), name: "Jane Smith-Wesson" });
    await makeAccountOnSite(world.em, first.id, { email: own("bob"), name: "Bob Jsanders" });
    await makePortalCustomer(world.em, second.id, { email: own("x_y"), name: "Jürgen Öz" });
    await makePortalCustomer(world.em, second.id, { email: own("xzy"), name: "" });

    expect(await emails({ search: "JS" })).toEqual([
      `${own("bob")} ATLASSIAN_ACCOUNT`,
      `${own("jsmith")} PORTAL_ONLY`,
    ]);
    expect(await emails({ search: "smi jane" })).toEqual([`${own("jsmith")} PORTAL_ONLY`]);
    expect(await emails({ search: "jane bob" })).toEqual([]);
    expect(await emails({ search: "wess" })).toEqual([`${own("jsmith")} PORTAL_ONLY`]);
    expect(await emails({ search: "öz" })).toEqual([`${own("x_y")} PORTAL_ONLY`]);
    expect(await emails({ search: own("jsmith") })).toEqual([`${own("jsmith")} PORTAL_ONLY`]);
    expect(await emails({ search: "x_" })).toEqual([`${own("x_y")} PORTAL_ONLY`]);
    expect(await emails({ search: "%" })).toEqual([]);
    expect(await emails({ search: "') | !('" })).toEqual([]);
    expect((await list({ search: "js" })).totalCount).toBe(2);
    expect((await list({ search: "  " })).totalCount).toBe(4);
  });

  it("pages in email order whether few or very many names match", async () => {
    await query(
      world.em,
      `insert into portal_customer (site_id, email, name)
       select $1, 'p' || lpad(n::text, 5, '0') || '@many.com', case when n % 2 = 0 then 'Ann Common' else 'Bo Rare' || n end
       from generate_series(1, 12000) n`,
      [first.id],
    );
    await query(world.em, "analyze portal_customer");
    for (const search of ["common", "rare"]) {
      const page = await list({ search }, { first: 5 });
      const start = search === "common" ? [2, 4, 6, 8, 10] : [1, 3, 5, 7, 9];
      expect(page.edges.map(({ node }) => node.email)).toEqual(
        start.map((n) => `p0000${n}@many.com`.replace("00010", "0010")),
      );
      const next = await list({ search }, { first: 2, after: page.pageInfo.endCursor });
      expect(next.edges.map(({ node }) => node.email)).toEqual(
        (search === "common" ? [12, 14] : [11, 13]).map((n) => `p000${n}@many.com`),
      );
      expect((await list({ search }, { first: 1 })).totalCount).toBe(6000);
    }
    expect((await list({ search: "ann com" }, { first: 1 })).edges[0]?.node.email).toBe("p00002@many.com");
    const all = await list(null, { first: 1 });
    expect([all.totalCount, all.totalIsEstimate]).toEqual([12_000, false]);
    const many = await list({ search: "p" }, { first: 1 });
    expect(many.totalIsEstimate).toBe(true);
    expect(many.totalCount).toBeGreaterThan(10_000);
    expect(many.totalCount).toBeLessThan(16_000);
  });

  it("finds very many names that all come late in email order", async () => {
    await query(
      world.em,
      `insert into portal_customer (site_id, email, name)
       select $1, 'p' || lpad(n::text, 5, '0') || '@many.com', case when n > 5000 then 'Zoe Late' else 'Ann Early' end
       from generate_series(1, 12000) n`,
      [first.id],
    );
    await query(world.em, "analyze portal_customer");
    const page = await list({ search: "late" }, { first: 2 });
    expect(page.edges.map(({ node }) => node.email)).toEqual(["p05001@many.com", "p05002@many.com"]);
    const next = await list({ search: "late" }, { first: 2, after: page.pageInfo.endCursor });
    expect(next.edges.map(({ node }) => node.email)).toEqual(["p05003@many.com", "p05004@many.com"]);
  });

  it("counts the Customer role of an approved group and not that of a waiting one", async () => {
    const direct = await makeAccountOnSite(world.em, first.id, { email: own("1"), customerRole: true });
    const approved = await makeAccountOnSite(world.em, first.id, { email: own("2") });
    const waiting = await makeAccountOnSite(world.em, first.id, { email: own("3") });
    await makeGroup(world.em, first.id, { memberIds: [approved.id] });
    await makeGroup(world.em, first.id, { memberIds: [waiting.id], approved: false });
    const { edges } = await list();
    expect(edges.map(({ node }) => [node.profileId, node.customerRole])).toEqual([
      [direct.id, true],
      [approved.id, true],
      [waiting.id, false],
    ]);
  });

  it("asks the database as often for fifty people as for two", async () => {
    const add = async (count: number): Promise<void> => {
      for (let index = 0; index < count; index += 1) {
        await makePortalCustomer(world.em, index % 2 === 0 ? first.id : second.id);
      }
    };
    await add(2);
    const few = await world.countStatements(() => list());
    await add(48);
    const many = await world.countStatements(() => list());
    expect(many).toBe(few);
    // The sites of the organization, the page, the sites of the entries, the total.
    expect(few).toBe(4);
  });

  it("refuses page sizes and cursors that are none", async () => {
    const codes = (variables: object): Promise<unknown[]> =>
      admin.errorCodes(document, { organizationId, ...variables });
    expect(await codes({ first: 0 })).toEqual(["BAD_INPUT"]);
    expect(await codes({ first: 101 })).toEqual(["BAD_INPUT"]);
    expect(await codes({ after: "nonsense" })).toEqual(["BAD_INPUT"]);
    const strange = Buffer.from(JSON.stringify(["a", "b", "no id"])).toString("base64url");
    expect(await codes({ after: strange })).toEqual(["BAD_INPUT"]);
  });
});
