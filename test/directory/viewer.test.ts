import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  makeAccountOnSite,
  makeGroup,
  makeOrganization,
  makePortalCustomer,
  makeProject,
  makeRequest,
  makeSite,
  type MadeSite,
} from "../kit/factories.ts";
import { insertRow, query } from "../kit/query.ts";
import { openSchemaWorld, type Caller, type SchemaWorld } from "../kit/schema-caller.ts";

const document = `query Viewer {
  viewer {
    account { id email name } organizations { id } roles { role site { id } }
    adminSites { id } viewerCanMigrate viewerCanAudit
  }
}`;
const access = `query Access($name: String!) {
  viewer { access(siteUrlName: $name) {
    projects { key name reachable why } requests { key summary projectKey reachable relation }
  } }
}`;

interface Viewer {
  account: { id: string };
  organizations: { id: string }[];
  roles: { role: string }[];
  adminSites: { id: string }[];
  viewerCanMigrate: boolean;
  viewerCanAudit: boolean;
}
interface Access {
  projects: { key: string; why: string }[];
  requests: { key: string; relation: string }[];
}

let world: SchemaWorld;
let organizationId: string;
let first: MadeSite;
let second: MadeSite;

beforeAll(async () => {
  world = await openSchemaWorld();
  organizationId = (await makeOrganization(world.em)).id;
  first = await makeSite(world.em, { organizationId, name: "A" });
  second = await makeSite(world.em, { organizationId, name: "B" });
});
afterAll(() => world.close());

async function view(caller: Caller): Promise<Viewer> {
  return (await caller.data<{ viewer: Viewer }>(document)).viewer;
}
async function reach(caller: Caller, name: string): Promise<Access> {
  return (await caller.data<{ viewer: { access: Access } }>(access, { name })).viewer.access;
}

describe("viewer", () => {
  it("shows an organization admin every site and that they may migrate and audit", async () => {
    const admin = await world.person([{ role: "ORGANIZATION_ADMIN", organizationId }]);
    expect(await view(admin)).toMatchObject({
      account: { id: admin.accountId },
      organizations: [{ id: organizationId }],
      roles: [{ role: "ORGANIZATION_ADMIN" }],
      adminSites: [{ id: first.id }, { id: second.id }],
      viewerCanMigrate: true,
      viewerCanAudit: true,
    });
  });

  it("shows a site admin their own sites; two of them are needed to migrate", async () => {
    const one = await world.person([{ role: "SITE_ADMIN", organizationId, siteId: second.id }]);
    expect(await view(one)).toMatchObject({
      adminSites: [{ id: second.id }],
      viewerCanMigrate: false,
      viewerCanAudit: false,
    });
    const both = await world.person([
      { role: "SITE_ADMIN", organizationId, siteId: first.id },
      { role: "SITE_ADMIN", organizationId, siteId: second.id },
    ]);
    expect(await view(both)).toMatchObject({ viewerCanMigrate: true, viewerCanAudit: false });
  });

  it("shows sites of two organizations as two, between which nobody migrates", async () => {
    const foreign = await makeSite(world.em);
    const person = await world.person([
      { role: "SITE_ADMIN", organizationId, siteId: first.id },
      { role: "SITE_ADMIN", organizationId: foreign.organizationId, siteId: foreign.id },
    ]);
    const viewer = await view(person);
    expect(viewer.adminSites.map(({ id }) => id).sort()).toEqual([first.id, foreign.id].sort());
    expect(viewer.viewerCanMigrate).toBe(false);
  });

  it("shows members and people without a role that they administer nothing", async () => {
    const member = await world.person([{ role: "MEMBER", organizationId }]);
    expect(await view(member)).toMatchObject({
      organizations: [{ id: organizationId }],
      adminSites: [],
      viewerCanMigrate: false,
      viewerCanAudit: false,
    });
    const nobody = await world.person();
    expect(await view(nobody)).toMatchObject({ organizations: [], roles: [], adminSites: [] });
  });
});

describe("what the viewer reaches", () => {
  it("is what their account reaches: nothing without the Customer role, all again with it", async () => {
    const place = await makeSite(world.em, { organizationId });
    const person = await world.person();
    const id = person.accountId;
    await insertRow(world.em, "site_account", { site_id: place.id, account_id: id }, "account_id");
    const open = await makeProject(world.em, place.id, { key: "OPEN" });
    const listed = await makeProject(world.em, place.id, {
      key: "LISTED",
      access: "RESTRICTED",
      customers: [{ accountId: id }],
    });
    const closed = await makeProject(world.em, place.id, { key: "CLOSED", access: "RESTRICTED" });
    await makeRequest(world.em, open, { key: "OPEN-1", reporter: { accountId: id } });
    await makeRequest(world.em, listed, { key: "LISTED-1", participants: [{ accountId: id }] });
    await makeRequest(world.em, closed, { key: "CLOSED-1", reporter: { accountId: id } });
    await makeRequest(world.em, open, { key: "OPEN-2" });
    expect(await reach(person, place.urlName)).toEqual({ projects: [], requests: [] });

    await makeGroup(world.em, place.id, { memberIds: [id] });
    const after = await reach(person, place.urlName);
    expect(after.projects).toMatchObject([
      { key: "LISTED", reachable: true, why: "Listed as a customer" },
      { key: "OPEN", reachable: true, why: "Open to every customer" },
    ]);
    expect(after.requests.map(({ key, relation }) => `${key} ${relation}`).sort()).toEqual([
      "LISTED-1 Participant",
      "OPEN-1 Reporter",
    ]);
    await query(world.em, "update site_account set active = false where site_id = $1", [place.id]);
    expect(await reach(person, place.urlName)).toEqual({ projects: [], requests: [] });
  });

  it("leaves out what the portal-only account of the same email reaches", async () => {
    const place = await makeSite(world.em, { organizationId });
    const person = await world.person();
    const email = person.actor?.email ?? "";
    const portal = await makePortalCustomer(world.em, place.id, { email });
    const project = await makeProject(world.em, place.id);
    await makeRequest(world.em, project, { reporter: { portalCustomerId: portal.id } });
    expect(await reach(person, place.urlName)).toEqual({ projects: [], requests: [] });
    await makeAccountOnSite(world.em, place.id, { email, customerRole: true });
    expect(await reach(person, place.urlName)).toMatchObject({
      projects: [{ key: project.key }],
      requests: [],
    });
  });

  it("answers an unknown site, a foreign one and an unreached one alike", async () => {
    const person = await world.person();
    const foreign = await makeSite(world.em);
    await makeProject(world.em, foreign.id);
    const answers = [];
    for (const name of [foreign.urlName, first.urlName, "no-such-site", ""]) {
      answers.push(await person.answer(access, { name }));
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toEqual({ data: { viewer: { access: { projects: [], requests: [] } } } });
  });
});
