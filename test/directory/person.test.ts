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
import { insertRow, query } from "../kit/query.ts";
import { openSchemaWorld, type Caller, type SchemaWorld } from "../kit/schema-caller.ts";

const fields = `id email name type createdAt managedBy
  presences {
    type active customerRole groups resolvesSignIn requestCount site { id }
    projects { key reachable why } requests { key projectKey reachable relation createdAt }
  }
  roles { role account { id } site { id } product { id } }
  history { action summary actor { id } before after }`;
const account = `query Account($id: ID!) { account(id: $id) { ${fields} } }`;
const portalCustomer = `query Portal($id: ID!) { portalCustomer(id: $id) { ${fields} } }`;

interface Reach {
  key: string;
  reachable: boolean;
  why: string;
}
interface Presence {
  type: string;
  active: boolean;
  customerRole: boolean;
  groups: string[];
  resolvesSignIn: boolean;
  requestCount: number;
  site: { id: string };
  projects: Reach[];
  requests: { key: string; reachable: boolean; relation: string }[];
}
interface Profile {
  id: string;
  email: string;
  type: string;
  managedBy: string | null;
  presences: Presence[];
  roles: { role: string; site: { id: string } | null }[];
  history: { action: string; actor: { id: string } | null; before: unknown; after: unknown }[];
}

let world: SchemaWorld;
let organizationId: string;
let site: MadeSite;
let other: MadeSite;
let foreign: MadeSite;
let admin: Caller;
let siteAdmin: Caller;

beforeAll(async () => {
  world = await openSchemaWorld();
  organizationId = (await makeOrganization(world.em, { name: "Acme" })).id;
  site = await makeSite(world.em, { organizationId, name: "A help" });
  other = await makeSite(world.em, { organizationId, name: "B help" });
  foreign = await makeSite(world.em);
  admin = await world.person([{ role: "ORGANIZATION_ADMIN", organizationId }]);
  siteAdmin = await world.person([{ role: "SITE_ADMIN", organizationId, siteId: other.id }]);
});
afterAll(() => world.close());

async function readAccount(id: string, caller = admin): Promise<Profile> {
  return (await caller.data<{ account: Profile }>(account, { id })).account;
}
async function readPortal(id: string, caller = admin): Promise<Profile> {
  return (await caller.data<{ portalCustomer: Profile }>(portalCustomer, { id })).portalCustomer;
}
function why(profile: Profile): Record<string, string> {
  return Object.fromEntries(
    profile.presences.flatMap((p) => p.projects.map(({ key, why: text }) => [key, text])),
  );
}

describe("a person's profile", () => {
  it("says for every project of a site why it is reached or not", async () => {
    const place = await makeSite(world.em, { organizationId });
    const withRole = await makeAccountOnSite(world.em, place.id, { customerRole: true });
    const without = await makeAccountOnSite(world.em, place.id);
    const portal = await makePortalCustomer(world.em, place.id);
    const gone = await makePortalCustomer(world.em, place.id, { active: false });
    const hidden = await makePortalCustomer(world.em, place.id, { email: without.email });
    const listed = [{ accountId: withRole.id }, { portalCustomerId: portal.id }];
    await makeProject(world.em, place.id, { key: "A-OPEN" });
    await makeProject(world.em, place.id, { key: "B-LISTED", access: "RESTRICTED", customers: listed });
    await makeProject(world.em, place.id, { key: "C-CLOSED", access: "RESTRICTED" });

    const reaches = {
      "A-OPEN": "Open to every customer",
      "B-LISTED": "Listed as a customer",
      "C-CLOSED": "Restricted and not listed",
    };
    const all = (text: string): object => ({ "A-OPEN": text, "B-LISTED": text, "C-CLOSED": text });
    expect(why(await readAccount(withRole.id))).toEqual(reaches);
    expect(why(await readPortal(portal.id))).toEqual(reaches);
    expect(why(await readAccount(without.id))).toEqual(all("No Customer role"));
    expect(why(await readPortal(gone.id))).toEqual(all("Deactivated on this site"));
    expect(why(await readPortal(hidden.id))).toEqual(all("Sign-in resolves to the Atlassian account"));
    for (const profile of [await readAccount(withRole.id), await readPortal(portal.id)]) {
      expect(profile.presences[0]?.projects.map(({ reachable }) => reachable)).toEqual([true, true, false]);
    }
    expect((await readAccount(without.id)).presences[0]?.projects.some((p) => p.reachable)).toBe(false);
    expect((await readPortal(hidden.id)).presences[0]).toMatchObject({
      resolvesSignIn: false,
      type: "PORTAL_ONLY",
    });
    expect((await readAccount(without.id)).presences[0]).toMatchObject({ resolvesSignIn: true });
  });

  it("lists the requests of the identity, newest first, and which are out of reach", async () => {
    const place = await makeSite(world.em, { organizationId });
    const person = await makeAccountOnSite(world.em, place.id, { customerRole: true });
    const someone = await makeAccountOnSite(world.em, place.id, { customerRole: true });
    const open = await makeProject(world.em, place.id, { key: "OPEN" });
    const closed = await makeProject(world.em, place.id, { key: "CLOSED", access: "RESTRICTED" });
    await makeRequest(world.em, open, {
      key: "OPEN-1",
      reporter: { accountId: person.id },
      participants: [{ accountId: person.id }],
    });
    await makeRequest(world.em, open, {
      key: "OPEN-2",
      reporter: { accountId: someone.id },
      participants: [{ accountId: person.id }],
    });
    await makeRequest(world.em, closed, { key: "CLOSED-1", reporter: { accountId: person.id } });
    await makeRequest(world.em, open, { key: "OPEN-3", reporter: { accountId: someone.id } });
    await query(
      world.em,
      `update request set created_at = now() - make_interval(hours => right(key, 1)::int) where site_id = $1`,
      [place.id],
    );
    await query(world.em, `update request set created_at = now() where key = 'CLOSED-1'`);

    const [presence] = (await readAccount(person.id)).presences;
    expect(presence?.requests.map(({ key, reachable, relation }) => [key, reachable, relation])).toEqual([
      ["CLOSED-1", false, "Reporter"],
      ["OPEN-1", true, "Reporter"],
      ["OPEN-2", true, "Participant"],
    ]);
    expect(presence?.requestCount).toBe(2);
  });

  it("shows at most fifty requests and counts all", async () => {
    const place = await makeSite(world.em, { organizationId });
    const person = await makePortalCustomer(world.em, place.id);
    const project = await makeProject(world.em, place.id);
    await query(
      world.em,
      `insert into request (site_id, project_id, key, reporter_portal_customer_id)
       select $1, $2, 'MANY-' || n, $3 from generate_series(1, 60) n`,
      [place.id, project.id, person.id],
    );
    const [presence] = (await readPortal(person.id)).presences;
    expect(presence?.requests).toHaveLength(50);
    expect(presence?.requestCount).toBe(60);
  });

  it("shows presences, roles and history of the viewer's own organization alone", async () => {
    const person = await makeAccountOnSite(world.em, site.id, { email: "own@acme.com" });
    await makeAccountOnSite(world.em, foreign.id, { email: "own@acme.com", customerRole: true });
    await makeGroup(world.em, site.id, { name: "Friends", memberIds: [person.id] });
    await makeGroup(world.em, site.id, { name: "Imported", memberIds: [person.id], approved: false });
    await makeGroup(world.em, foreign.id, { name: "Secret", memberIds: [person.id] });
    const role = { account_id: person.id, role: "MEMBER" };
    await insertRow(world.em, "role_assignment", { ...role, organization_id: organizationId });
    await insertRow(world.em, "role_assignment", { ...role, organization_id: foreign.organizationId });
    await insertRow(world.em, "audit_entry", {
      organization_id: foreign.organizationId,
      action: "secret",
      subject_type: "account",
      subject_id: person.id,
      summary: "Secret",
    });

    const profile = await readAccount(person.id);
    expect(profile).toMatchObject({ id: person.id, email: "own@acme.com", type: "ATLASSIAN_ACCOUNT" });
    expect(profile.presences.map((presence) => presence.site.id)).toEqual([site.id]);
    expect(profile.presences[0]).toMatchObject({
      customerRole: true,
      groups: ["Friends", "Imported (waiting for review)"],
    });
    expect(profile.roles).toHaveLength(1);
    expect(profile.history).toEqual([]);
  });

  it("names who manages the account, and no organization but the viewer's own", async () => {
    await claimDomain(world.em, organizationId, "mine.com");
    await claimDomain(world.em, foreign.organizationId, "theirs.com");
    const mine = await makeAccountOnSite(world.em, site.id, { email: "a@mine.com" });
    const theirs = await makeAccountOnSite(world.em, site.id, { email: "a@theirs.com" });
    const nobodys = await makeAccountOnSite(world.em, site.id, { email: "a@nobodys.com" });
    const portal = await makePortalCustomer(world.em, site.id, { email: "b@theirs.com" });
    expect((await readAccount(mine.id)).managedBy).toBe("Acme");
    expect((await readAccount(theirs.id)).managedBy).toBe("Another organization");
    expect((await readAccount(nobodys.id)).managedBy).toBeNull();
    expect((await readPortal(portal.id)).managedBy).toBeNull();
  });

  it("is read by site admins of any site of the organization, without the audit log", async () => {
    const person = await makePortalCustomer(world.em, site.id);
    await admin.data(`mutation Set($input: SetActiveInput!) { setActive(input: $input) { __typename } }`, {
      input: { siteId: site.id, profileId: person.id, active: false },
    });
    expect((await readPortal(person.id)).history).toMatchObject([
      {
        action: "person.deactivate",
        actor: { id: admin.accountId },
        before: { active: true },
        after: { active: false, siteId: site.id },
      },
    ]);
    const seen = await readPortal(person.id, siteAdmin);
    expect(seen.presences[0]).toMatchObject({ active: false });
    expect(seen.history).toEqual([]);
  });

  it("opens an account only as account and a portal-only account only as that", async () => {
    const person = await makeAccountOnSite(world.em, site.id);
    const portal = await makePortalCustomer(world.em, site.id);
    expect(await readPortal(person.id)).toBeNull();
    expect(await readAccount(portal.id)).toBeNull();
  });

  it("shows an admin of the organization who is on no site", async () => {
    const profile = await readAccount(admin.accountId);
    expect(profile.presences).toEqual([]);
    expect(profile.roles).toMatchObject([{ role: "ORGANIZATION_ADMIN", site: null }]);
  });
});
