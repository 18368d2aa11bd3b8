import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeOrganization, makeSite, type MadeSite } from "../kit/factories.ts";
import { query } from "../kit/query.ts";
import { openSchemaWorld, type Caller, type SchemaWorld } from "../kit/schema-caller.ts";

const createSite = `mutation CreateSite($input: CreateSiteInput!) {
  createSite(input: $input) {
    __typename
    ... on SiteResult { site { id name urlName viewerCanAdminister organization { id } } }
    ... on Refused { code field message whoCanGrant }
  }
}`;
const updateWords = `mutation Words($input: UpdateKindWordsInput!) {
  updateKindWords(input: $input) {
    __typename
    ... on OrganizationResult { organization { id distributionListWords botWords } }
    ... on Refused { code field message whoCanGrant }
  }
}`;

let world: SchemaWorld;
let organizationId: string;
let site: MadeSite;
let admin: Caller;
let member: Caller;

beforeAll(async () => {
  world = await openSchemaWorld();
  organizationId = (await makeOrganization(world.em, { name: "Acme" })).id;
  site = await makeSite(world.em, { organizationId });
  admin = await world.person([{ role: "ORGANIZATION_ADMIN", organizationId }], { name: "Ann Admin" });
  member = await world.person([{ role: "MEMBER", organizationId }]);
});
afterAll(() => world.close());

async function create(caller: Caller, input: object): Promise<Record<string, unknown>> {
  const variables = { input: { organizationId, name: "New", urlName: "new-site", ...input } };
  return (await caller.data<{ createSite: Record<string, unknown> }>(createSite, variables)).createSite;
}
async function setWords(caller: Caller, lists: string[], bots: string[]): Promise<Record<string, unknown>> {
  const input = { organizationId, distributionListWords: lists, botWords: bots };
  return (await caller.data<{ updateKindWords: Record<string, unknown> }>(updateWords, { input }))
    .updateKindWords;
}
async function auditOf(action: string): Promise<Record<string, unknown>[]> {
  return query(world.em, "select * from audit_entry where organization_id = $1 and action = $2", [
    organizationId,
    action,
  ]);
}

describe("making a site", () => {
  it("gives the organization a site and writes it down", async () => {
    const result = await create(admin, { name: "  Acme Desk ", urlName: "acme-desk" });
    expect(result).toMatchObject({
      __typename: "SiteResult",
      site: {
        name: "Acme Desk",
        urlName: "acme-desk",
        viewerCanAdminister: true,
        organization: { id: organizationId },
      },
    });
    const { site: made } = result as { site: { id: string } };
    expect(await auditOf("site.create")).toMatchObject([
      {
        actor_account_id: admin.accountId,
        subject_id: made.id,
        after: { name: "Acme Desk", urlName: "acme-desk" },
      },
    ]);
  });

  it.each(["ab", "a".repeat(41), "Acme", "acme_desk", "acme desk", "-acme", "acme-", "äcme", "", "a.b"])(
    "refuses the URL name %j",
    async (urlName) => {
      expect(await create(admin, { urlName })).toMatchObject({ code: "INVALID_INPUT", field: "urlName" });
    },
  );

  it.each(["abc", "a".repeat(40), "1-2", "a--b"])("takes the URL name %j", async (urlName) => {
    expect(await create(admin, { urlName })).toMatchObject({ site: { urlName } });
  });

  it("refuses names that are empty, too long or hold control characters", async () => {
    for (const name of ["", "   ", "x".repeat(101), "a\u0000b"]) {
      expect(await create(admin, { name, urlName: "never-made" })).toMatchObject({
        code: "INVALID_INPUT",
        field: "name",
      });
    }
    expect(await query(world.em, "select 1 from site where url_name = 'never-made'")).toEqual([]);
  });

  it("refuses a URL name that is taken, by another organization too, and of two at once makes one", async () => {
    const foreign = await makeSite(world.em, { urlName: "taken-elsewhere" });
    expect(await create(admin, { urlName: foreign.urlName })).toMatchObject({
      code: "ALREADY_EXISTS",
      field: "urlName",
    });
    const both = await Promise.all([1, 2].map(() => create(admin, { urlName: "raced" })));
    expect(both.map((result) => result.__typename).sort()).toEqual(["Refused", "SiteResult"]);
  });

  it("needs an organization admin and names one", async () => {
    const siteAdmin = await world.person([{ role: "SITE_ADMIN", organizationId, siteId: site.id }]);
    for (const caller of [member, siteAdmin]) {
      const refusal = await create(caller, { urlName: "not-yours" });
      expect(refusal).toMatchObject({ __typename: "Refused", code: "NOT_PERMITTED" });
      expect(refusal.whoCanGrant).toEqual([`Ann Admin (${admin.actor?.email})`]);
    }
    expect(await query(world.em, "select 1 from site where url_name = 'not-yours'")).toEqual([]);
  });

  it("answers a repeated call with the same key by the same site", async () => {
    const input = { urlName: "once-only", idempotencyKey: "0190-once-only" };
    const [one, two] = [await create(admin, input), await create(admin, input)];
    expect(one).toMatchObject({ __typename: "SiteResult" });
    expect(two).toEqual(one);
  });
});

describe("words for lists and bots", () => {
  it("are kept in lower case, sorted and once each, and written down with what they were", async () => {
    const before = await query(world.em, "select distribution_list_words from organization where id = $1", [
      organizationId,
    ]);
    const result = await setWords(admin, [" Team ", "billing", "team"], ["ci", "no-reply"]);
    expect(result).toMatchObject({
      organization: { distributionListWords: ["billing", "team"], botWords: ["ci", "no-reply"] },
    });
    expect(
      await query(world.em, "select bot_words from organization where id = $1", [organizationId]),
    ).toEqual([{ bot_words: ["ci", "no-reply"] }]);
    expect(await auditOf("organization.update_kind_words")).toMatchObject([
      {
        before: { distributionListWords: before[0]?.distribution_list_words },
        after: { distributionListWords: ["billing", "team"], botWords: ["ci", "no-reply"] },
      },
    ]);
  });

  it("may be none at all", async () => {
    expect(await setWords(admin, [], [])).toMatchObject({
      organization: { distributionListWords: [], botWords: [] },
    });
  });

  it("are refused when no address can have them, when one is in both lists and when there are too many", async () => {
    for (const word of ["a@b", "", "with space", "ü", ".dot", "x".repeat(65)]) {
      expect(await setWords(admin, [word], [])).toMatchObject({
        code: "INVALID_INPUT",
        field: "distributionListWords",
      });
      expect(await setWords(admin, [], [word])).toMatchObject({ code: "INVALID_INPUT", field: "botWords" });
    }
    expect(await setWords(admin, ["ci", "team"], ["CI"])).toMatchObject({
      code: "INVALID_INPUT",
      field: "botWords",
    });
    const many = Array.from({ length: 501 }, (_, index) => `word${index}`);
    expect(await setWords(admin, many, [])).toMatchObject({ code: "TOO_MANY" });
  });

  it("are changed by organization admins alone", async () => {
    expect(await setWords(member, ["mine"], [])).toMatchObject({ code: "NOT_PERMITTED" });
    expect(
      await query(
        world.em,
        "select 1 from organization where id = $1 and 'mine' = any(distribution_list_words)",
        [organizationId],
      ),
    ).toEqual([]);
  });
});
