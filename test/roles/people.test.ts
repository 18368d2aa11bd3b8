import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Caller } from "../kit/schema-caller.ts";
import { openRolesWorld, type RolesWorld } from "./roles-world.ts";

let roles: RolesWorld;
let admin: Caller;
let member: Caller;

beforeAll(async () => {
  roles = await openRolesWorld();
  const { organizationId, site } = roles;
  admin = await roles.person("ann", [{ role: "ORGANIZATION_ADMIN", organizationId }]);
  await roles.person("sid", [{ role: "SITE_ADMIN", organizationId, siteId: site.id }]);
  member = await roles.person("mia", [{ role: "MEMBER", organizationId }]);
});
afterAll(() => roles.close());

describe("people with roles", () => {
  const document = `query P($id: ID!, $filter: PeopleFilter, $first: Int, $after: String) {
    peopleWithRoles(organizationId: $id, filter: $filter, first: $first, after: $after) {
      edges { node { account { email } roles { role viewerCanChange viewerCanRevoke } } }
      pageInfo { hasNextPage endCursor }
    } }`;
  interface People {
    peopleWithRoles: {
      edges: { node: { account: { email: string }; roles: { role: string; viewerCanChange: boolean }[] } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  }
  const list = async (caller: Caller, variables: object = {}): Promise<People["peopleWithRoles"]> =>
    (await caller.data<People>(document, { id: roles.organizationId, ...variables })).peopleWithRoles;
  const emails = (people: People["peopleWithRoles"]): string[] =>
    people.edges.map(({ node }) => node.account.email);

  it("are paged in the order of emails, found by email and name, and narrowed by role and site", async () => {
    const all = emails(await list(admin));
    expect(all).toEqual(all.toSorted());
    const first = await list(admin, { first: 2 });
    const rest = await list(admin, { after: first.pageInfo.endCursor });
    expect([...emails(first), ...emails(rest)]).toEqual(all);
    expect(emails(await list(admin, { filter: { search: "mia@" } }))).toEqual(["mia@acme.example"]);
    expect(emails(await list(admin, { filter: { search: "sid" } }))).toEqual(["sid@acme.example"]);
    expect(emails(await list(admin, { filter: { role: "SITE_ADMIN" } }))).toEqual(["sid@acme.example"]);
    expect(emails(await list(admin, { filter: { siteId: roles.site.id } }))).toEqual(["sid@acme.example"]);
  });

  it("are shown to a product's owner for the product alone, and to members not at all", async () => {
    const { organizationId, productId } = roles;
    const owner = await roles.person("owen", [{ role: "PRODUCT_OWNER", organizationId, productId }]);
    await roles.person("pat", [
      { role: "PRODUCT_ADMIN", organizationId, productId },
      { role: "MEMBER", organizationId },
    ]);
    const seen = await list(owner, { filter: { productId } });
    expect(seen.edges.map(({ node }) => [node.account.email, node.roles])).toEqual([
      ["owen@acme.example", [{ role: "PRODUCT_OWNER", viewerCanChange: false, viewerCanRevoke: false }]],
      ["pat@acme.example", [{ role: "PRODUCT_ADMIN", viewerCanChange: true, viewerCanRevoke: true }]],
    ]);
    expect(await owner.errorCodes(document, { id: organizationId })).toEqual(["FORBIDDEN"]);
    expect(await member.errorCodes(document, { id: organizationId })).toEqual(["FORBIDDEN"]);
  });
});
