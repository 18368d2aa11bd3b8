import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  makeAccountOnSite,
  makeOrganization,
  makePortalCustomer,
  makeProject,
  makeSite,
} from "../kit/factories.ts";
import { query } from "../kit/query.ts";
import { openSchemaWorld, type Caller, type SchemaWorld } from "../kit/schema-caller.ts";

const missing = "01900000-0000-7000-8000-00000000dead";
const profile =
  "{ id email presences { site { id } projects { key } requests { key } } roles { id } history { id } }";
const entries = "{ edges { node { id } } totalCount }";

/** Every root field that takes an id, by the kind of id; each is asked with its only variable `id`. */
const queries: Record<string, [kind: string, document: string]> = {
  organization: ["organization", `query Q($id: ID!) { organization(id: $id) { id name sites { id } } }`],
  site: ["site", `query Q($id: ID!) { site(id: $id) { id name counts { accounts } } }`],
  directory: ["organization", `query Q($id: ID!) { directory(organizationId: $id) ${entries} }`],
  auditLog: ["organization", `query Q($id: ID!) { auditLog(organizationId: $id) ${entries} }`],
  account: ["account", `query Q($id: ID!) { account(id: $id) ${profile} }`],
  "account of a portal-only id": ["portal", `query Q($id: ID!) { account(id: $id) ${profile} }`],
  portalCustomer: ["portal", `query Q($id: ID!) { portalCustomer(id: $id) ${profile} }`],
  createSite: [
    "organization",
    `mutation Q($id: ID!) { createSite(input: { organizationId: $id, name: "x", urlName: "stolen" }) { __typename ... on Refused { code message } } }`,
  ],
  updateKindWords: [
    "organization",
    `mutation Q($id: ID!) { updateKindWords(input: { organizationId: $id, distributionListWords: [], botWords: [] }) { __typename ... on Refused { code message } } }`,
  ],
};

let world: SchemaWorld;
let foreign: Record<string, string>;
let own: Record<string, string>;
let callers: Record<string, Caller>;

async function makePlace(): Promise<Record<string, string>> {
  const organization = (await makeOrganization(world.em)).id;
  const site = await makeSite(world.em, { organizationId: organization });
  await makeProject(world.em, site.id);
  const account = (await makeAccountOnSite(world.em, site.id)).id;
  const portal = (await makePortalCustomer(world.em, site.id)).id;
  return { organization, site: site.id, account, portal };
}

beforeAll(async () => {
  world = await openSchemaWorld();
  foreign = await makePlace();
  own = await makePlace();
  const organizationId = own.organization ?? "";
  callers = {
    member: await world.person([{ role: "MEMBER", organizationId }]),
    "site admin": await world.person([{ role: "SITE_ADMIN", organizationId, siteId: own.site ?? "" }]),
    "organization admin": await world.person([{ role: "ORGANIZATION_ADMIN", organizationId }]),
    "person without a role": await world.person(),
  };
});
afterAll(() => world.close());

describe.each(["member", "site admin", "organization admin", "person without a role"])("for a %s", (role) => {
  it.each(Object.keys(queries))(
    "%s answers another organization's id as one that does not exist",
    async (name) => {
      const [kind = "", document = ""] = queries[name] ?? [];
      const caller = callers[role];
      const theirs = await caller?.answer(document, { id: foreign[kind] });
      expect(theirs).toEqual(await caller?.answer(document, { id: missing }));
      expect(theirs).toEqual(await caller?.answer(document, { id: "not an id at all" }));
      expect(JSON.stringify(theirs)).not.toContain(foreign[kind]);
    },
  );

  it.each([
    [
      "setActive",
      `mutation Q($site: ID!, $id: ID!) { setActive(input: { siteId: $site, profileId: $id, active: false }) { __typename } }`,
    ],
    [
      "overridePersonKind",
      `mutation Q($site: ID!, $id: ID!) { overridePersonKind(input: { siteId: $site, profileId: $id, kind: BOT }) { __typename } }`,
    ],
  ])("%s answers another organization's people as ones that do not exist", async (_name, document) => {
    const caller = callers[role];
    const nobody = await caller?.answer(document, { site: missing, id: missing });
    expect(nobody?.errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    for (const id of [foreign.account, foreign.portal]) {
      expect(await caller?.answer(document, { site: foreign.site, id })).toEqual(nobody);
      expect(await caller?.answer(document, { site: own.site, id })).toEqual(nobody);
      expect(await caller?.answer(document, { site: missing, id })).toEqual(nobody);
    }
    expect(await caller?.answer(document, { site: foreign.site, id: own.account })).toEqual(nobody);
  });

  it("a directory narrowed to another organization's site answers as one narrowed to none", async () => {
    const document = `query Q($organizationId: ID!, $siteId: ID!) { directory(organizationId: $organizationId, filter: { siteId: $siteId }) ${entries} }`;
    const ask = (siteId: string | undefined): unknown =>
      callers[role]?.answer(document, { organizationId: own.organization, siteId });
    expect(await ask(foreign.site)).toEqual(await ask(missing));
  });
});

describe("roles", () => {
  /** What each role gets for its own organization's things; FORBIDDEN and NOT_PERMITTED name who can grant. */
  const expected: Record<string, Record<string, string>> = {
    member: {
      organization: "data",
      site: "FORBIDDEN",
      directory: "FORBIDDEN",
      auditLog: "FORBIDDEN",
      account: "null",
      portalCustomer: "null",
      createSite: "NOT_PERMITTED",
      updateKindWords: "NOT_PERMITTED",
    },
    "site admin": {
      organization: "data",
      site: "data",
      directory: "data",
      auditLog: "FORBIDDEN",
      account: "data",
      portalCustomer: "data",
      createSite: "NOT_PERMITTED",
      updateKindWords: "NOT_PERMITTED",
    },
    "organization admin": {
      organization: "data",
      site: "data",
      directory: "data",
      auditLog: "data",
      account: "data",
      portalCustomer: "data",
      createSite: "data",
      updateKindWords: "data",
    },
    "person without a role": {
      organization: "null",
      site: "null",
      directory: "NOT_FOUND",
      auditLog: "NOT_FOUND",
      account: "null",
      portalCustomer: "null",
      createSite: "NOT_FOUND",
      updateKindWords: "NOT_FOUND",
    },
  };
  const cells = Object.entries(expected).flatMap(([role, fields]) =>
    Object.entries(fields).map(([field, outcome]) => [role, field, outcome] as const),
  );

  it.each(cells)("a %s asking for %s gets %s", async (role, field, outcome) => {
    const [kind = "", document = ""] = queries[field] ?? [];
    const answer = await callers[role]?.answer(document, { id: own[kind] });
    const value = Object.values(answer?.data ?? {})[0] as { code?: string } | null | undefined;
    const got = answer?.errors?.[0]?.extensions?.code ?? value?.code ?? (value == null ? "null" : "data");
    expect(got).toBe(outcome);
  });

  it.each(Object.entries(queries))("nobody signed in gets %s", async (_name, [kind, document]) => {
    expect(await world.anonymous().errorCodes(document, { id: own[kind] })).toEqual(["UNAUTHENTICATED"]);
  });

  it("nobody signed in has a viewer", async () => {
    expect(await world.anonymous().errorCodes("{ viewer { account { id } } }")).toEqual(["UNAUTHENTICATED"]);
  });

  it("no stranger changed anything", async () => {
    expect(
      await query(world.em, "select 1 from audit_entry where organization_id = $1", [foreign.organization]),
    ).toEqual([]);
  });
});
