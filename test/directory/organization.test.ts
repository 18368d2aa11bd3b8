import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  claimDomain,
  makeAccountOnSite,
  makeGroup,
  makeOrganization,
  makePortalCustomer,
  makeProject,
  makeRequest,
  makeSite,
  type MadeSite,
} from "../kit/factories.ts";
import { insertRow } from "../kit/query.ts";
import { openSchemaWorld, type Caller, type SchemaWorld } from "../kit/schema-caller.ts";

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

describe("an organization", () => {
  it("shows its sites, products, domains and admins to its own people", async () => {
    await insertRow(world.em, "product", {
      organization_id: organizationId,
      site_id: site.id,
      kind: "JIRA",
      hosting: "CLOUD",
      name: "Desk",
    });
    await insertRow(world.em, "product", {
      organization_id: organizationId,
      kind: "JIRA",
      hosting: "SERVER",
      name: "Old desk",
    });
    await claimDomain(world.em, organizationId, "acme.example");
    const document = `query Organization($id: ID!) { organization(id: $id) {
      id name claimedDomains distributionListWords botWords viewerCanAdminister
      sites { id products { name } admins { role } } products { name hosting site { id } } admins { role account { name } }
    } }`;
    const answer = await admin.data<{ organization: object }>(document, { id: organizationId });
    expect(answer.organization).toMatchObject({
      name: "Acme",
      claimedDomains: ["acme.example"],
      viewerCanAdminister: true,
      products: [
        { name: "Desk", hosting: "CLOUD", site: { id: site.id } },
        { name: "Old desk", hosting: "SERVER", site: null },
      ],
      admins: [{ role: "ORGANIZATION_ADMIN", account: { name: "Ann Admin" } }],
    });
    const seen = await member.data<{ organization: object }>(document, { id: organizationId });
    expect(seen.organization).toEqual({ ...answer.organization, viewerCanAdminister: false });
  });
});

describe("a site", () => {
  const document = `query Site($id: ID!) { site(id: $id) { id viewerCanAdminister counts {
      accounts accountsWithCustomerRole portalCustomers deactivated requests bothTypes
    } projects { key access listedCustomers requestCount } } }`;

  it("counts exactly", async () => {
    const place = await makeSite(world.em, { organizationId });
    const withRole = await makeAccountOnSite(world.em, place.id, { customerRole: true });
    const approved = await makeAccountOnSite(world.em, place.id);
    const waiting = await makeAccountOnSite(world.em, place.id, { active: false });
    const stranger = await makeAccountOnSite(world.em, (await makeSite(world.em)).id);
    // Twice in granting groups, and with the role besides: still one person each.
    await makeGroup(world.em, place.id, { memberIds: [approved.id, withRole.id, stranger.id] });
    await makeGroup(world.em, place.id, { memberIds: [approved.id] });
    await makeGroup(world.em, place.id, { memberIds: [waiting.id], approved: false });
    await makeGroup(world.em, place.id, { memberIds: [waiting.id], grantsCustomerRole: false });
    const portal = await makePortalCustomer(world.em, place.id, { active: false });
    await makePortalCustomer(world.em, place.id, { email: approved.email });
    const project = await makeProject(world.em, place.id, {
      key: "ONE",
      access: "RESTRICTED",
      customers: [{ accountId: withRole.id }, { portalCustomerId: portal.id }],
    });
    await makeRequest(world.em, project);
    const answer = await admin.data<{ site: object }>(document, { id: place.id });
    expect(answer.site).toMatchObject({
      counts: {
        accounts: 3,
        accountsWithCustomerRole: 2,
        portalCustomers: 2,
        deactivated: 2,
        requests: 1,
        bothTypes: 1,
      },
      projects: [{ key: "ONE", access: "RESTRICTED", listedCustomers: 2, requestCount: 1 }],
    });
  });

  it("tells members that it is there and nothing about its people", async () => {
    expect(await member.data(`query Site($id: ID!) { site(id: $id) { name } }`, { id: site.id })).toEqual({
      site: { name: site.name },
    });
    for (const field of ["counts { accounts }", "counts { bothTypes }", "projects { key }"]) {
      const asked = `query Site($id: ID!) { site(id: $id) { ${field} } }`;
      expect(await member.errorCodes(asked, { id: site.id })).toEqual(["FORBIDDEN"]);
      expect(await admin.errorCodes(asked, { id: site.id })).toEqual([]);
    }
  });

  it("is counted with as many statements for four sites as for one", async () => {
    const place = await makeOrganization(world.em);
    const boss = await world.person([{ role: "ORGANIZATION_ADMIN", organizationId: place.id }]);
    const all = `query All($id: ID!) { organization(id: $id) { sites {
      counts { accounts bothTypes } projects { listedCustomers } admins { account { name } } products { name } } } }`;
    const add = async (): Promise<void> => {
      const made = await makeSite(world.em, { organizationId: place.id });
      await makeProject(world.em, made.id);
      await world.person([{ role: "SITE_ADMIN", organizationId: place.id, siteId: made.id }]);
    };
    await add();
    const few = await world.countStatements(() => boss.data(all, { id: place.id }));
    await add();
    await add();
    await add();
    const many = await world.countStatements(() => boss.data(all, { id: place.id }));
    expect(many).toBe(few);
    expect(few).toBeGreaterThan(5);
  });
});
