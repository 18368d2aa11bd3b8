import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  makeAccountOnSite,
  makeOrganization,
  makePortalCustomer,
  makeSite,
  type MadeSite,
} from "../kit/factories.ts";
import { query } from "../kit/query.ts";
import { openSchemaWorld, type Caller, type SchemaWorld } from "../kit/schema-caller.ts";

const answer = `__typename
  ... on PersonProfileResult { person { id presences { active site { id } } } }
  ... on Refused { code message whoCanGrant }`;
const setActive = `mutation SetActive($input: SetActiveInput!) { result: setActive(input: $input) { ${answer} } }`;
const setKind = `mutation SetKind($input: OverridePersonKindInput!) { result: overridePersonKind(input: $input) { ${answer} } }`;

let world: SchemaWorld;
let organizationId: string;
let site: MadeSite;
let other: MadeSite;
let siteAdmin: Caller;
let otherAdmin: Caller;
let member: Caller;

beforeAll(async () => {
  world = await openSchemaWorld();
  organizationId = (await makeOrganization(world.em)).id;
  site = await makeSite(world.em, { organizationId, name: "Help" });
  other = await makeSite(world.em, { organizationId });
  const role = { role: "SITE_ADMIN", organizationId } as const;
  siteAdmin = await world.person([{ ...role, siteId: site.id }], { name: "Sam Site" });
  otherAdmin = await world.person([{ ...role, siteId: other.id }]);
  member = await world.person([{ role: "MEMBER", organizationId }]);
});
afterAll(() => world.close());

interface Result {
  __typename: string;
  code?: string;
  person?: { id: string; presences: { active: boolean; site: { id: string } }[] };
}

async function call(caller: Caller, document: string, input: object): Promise<Result> {
  return (await caller.data<{ result: Result }>(document, { input: { siteId: site.id, ...input } })).result;
}

async function auditOf(profileId: string): Promise<Record<string, unknown>[]> {
  return query(world.em, "select * from audit_entry where subject_id = $1 order by at", [profileId]);
}

describe("deactivating and reactivating", () => {
  it("is of one identity on one site alone", async () => {
    const account = await makeAccountOnSite(world.em, site.id, { email: "here@acme.com" });
    await makeAccountOnSite(world.em, other.id, { email: "here@acme.com" });
    const portal = await makePortalCustomer(world.em, site.id, { email: "here@acme.com" });

    const off = await call(siteAdmin, setActive, { profileId: account.id, active: false });
    expect(off.person?.presences.map((presence) => [presence.site.id, presence.active]).sort()).toEqual(
      [
        [site.id, false],
        [other.id, true],
      ].sort(),
    );
    expect(await query(world.em, "select active from portal_customer where id = $1", [portal.id])).toEqual([
      { active: true },
    ]);
    const portalOff = await call(siteAdmin, setActive, { profileId: portal.id, active: false });
    expect(portalOff.person?.presences).toMatchObject([{ active: false }]);
    const on = await call(siteAdmin, setActive, { profileId: portal.id, active: true });
    expect(on.person?.presences).toMatchObject([{ active: true }]);
    expect(await auditOf(portal.id)).toMatchObject([
      {
        action: "person.deactivate",
        before: { active: true },
        after: { active: false },
        actor_account_id: siteAdmin.accountId,
      },
      { action: "person.reactivate", before: { active: false }, after: { active: true } },
    ]);
  });

  it("answers the second of two clicks by ALREADY_DONE and writes one entry", async () => {
    const portal = await makePortalCustomer(world.em, site.id);
    const input = { profileId: portal.id, active: false };
    const results = await Promise.all([call(siteAdmin, setActive, input), call(siteAdmin, setActive, input)]);
    expect(results.map(({ code }) => code ?? "done").sort()).toEqual(["ALREADY_DONE", "done"]);
    expect(await auditOf(portal.id)).toHaveLength(1);
  });

  it("needs a site admin of that site and names one", async () => {
    const portal = await makePortalCustomer(world.em, site.id);
    const refusal = await call(otherAdmin, setActive, { profileId: portal.id, active: false });
    expect(refusal).toMatchObject({
      code: "NOT_PERMITTED",
      whoCanGrant: [`Sam Site (${siteAdmin.actor?.email})`],
    });
    expect(await auditOf(portal.id)).toEqual([]);
  });

  it("answers those who may not read the directory as if nobody were there", async () => {
    const portal = await makePortalCustomer(world.em, site.id);
    const input = { siteId: site.id, profileId: portal.id, active: false };
    expect(await member.errorCodes(setActive, { input })).toEqual(["NOT_FOUND"]);
    // On the other site there is no such identity, even for an organization's admin.
    const admin = await world.person([{ role: "ORGANIZATION_ADMIN", organizationId }]);
    expect(await admin.errorCodes(setActive, { input: { ...input, siteId: other.id } })).toEqual([
      "NOT_FOUND",
    ]);
    expect(await query(world.em, "select active from portal_customer where id = $1", [portal.id])).toEqual([
      { active: true },
    ]);
  });
});

describe("saying what an address is", () => {
  it("sets, replaces and clears the kind, each written down", async () => {
    const account = await makeAccountOnSite(world.em, site.id);
    const kindOf = async (): Promise<unknown> =>
      (
        await query(world.em, "select kind from site_account where site_id = $1 and account_id = $2", [
          site.id,
          account.id,
        ])
      )[0]?.kind;
    for (const kind of ["BOT", "PERSON", null]) {
      expect(await call(siteAdmin, setKind, { profileId: account.id, kind })).toMatchObject({
        person: { id: account.id },
      });
      expect(await kindOf()).toBe(kind);
    }
    expect(await call(siteAdmin, setKind, { profileId: account.id })).toMatchObject({ code: "ALREADY_DONE" });
    expect((await auditOf(account.id)).map(({ before, after }) => [before, after])).toEqual([
      [
        { siteId: site.id, kind: null },
        { siteId: site.id, kind: "BOT" },
      ],
      [
        { siteId: site.id, kind: "BOT" },
        { siteId: site.id, kind: "PERSON" },
      ],
      [
        { siteId: site.id, kind: "PERSON" },
        { siteId: site.id, kind: null },
      ],
    ]);
  });

  it("works for portal-only accounts and needs a site admin of the site", async () => {
    const portal = await makePortalCustomer(world.em, site.id, { email: "sales@acme.com" });
    const input = { profileId: portal.id, kind: "PERSON" };
    expect(await call(otherAdmin, setKind, input)).toMatchObject({ code: "NOT_PERMITTED" });
    expect(await call(siteAdmin, setKind, input)).toMatchObject({ person: { id: portal.id } });
    expect(await query(world.em, "select kind from portal_customer where id = $1", [portal.id])).toEqual([
      { kind: "PERSON" },
    ]);
  });
});
