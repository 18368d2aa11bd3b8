import { describe, expect, test } from "vitest";
import type { Grant, Role } from "../sign-in/index.ts";
import { holdsAlready, mayDecide, mayGrant, type RolePlace, type Wish } from "./role-policy.ts";

const acme = "acme";

function holder(role: Role, scope: Partial<Grant> = {}): { grants: Grant[] } {
  return { grants: [{ role, organizationId: acme, siteId: null, productId: null, ...scope }] };
}

const people: Record<string, { grants: Grant[] }> = {
  nobody: { grants: [] },
  member: holder("MEMBER"),
  productAdmin: holder("PRODUCT_ADMIN", { productId: "status" }),
  owner: holder("PRODUCT_OWNER", { productId: "status" }),
  otherOwner: holder("PRODUCT_OWNER", { productId: "oncall" }),
  helpAdmin: holder("SITE_ADMIN", { siteId: "help" }),
  deskAdmin: holder("SITE_ADMIN", { siteId: "desk" }),
  acmeAdmin: holder("ORGANIZATION_ADMIN"),
  globexAdmin: holder("ORGANIZATION_ADMIN", { organizationId: "globex" }),
  // Rows that name Acme's site and product under another organization: never to be believed.
  crookedAdmin: holder("SITE_ADMIN", { organizationId: "globex", siteId: "help" }),
  crookedOwner: holder("PRODUCT_OWNER", { organizationId: "globex", productId: "status" }),
};

function whoMay(rule: (person: { grants: Grant[] }) => boolean): string[] {
  return Object.keys(people).filter((name) => rule(people[name] ?? { grants: [] }));
}

function place(role: Role, scope: Partial<RolePlace> = {}): RolePlace {
  return { role, organizationId: acme, siteId: null, productId: null, ...scope };
}

describe("who may give and take a role", () => {
  test.each<[Role, Partial<RolePlace>, string[]]>([
    ["ORGANIZATION_ADMIN", {}, ["acmeAdmin"]],
    ["MEMBER", {}, ["acmeAdmin"]],
    ["SITE_ADMIN", { siteId: "help" }, ["helpAdmin", "acmeAdmin"]],
    ["PRODUCT_OWNER", { productId: "status" }, ["owner", "acmeAdmin"]],
    ["PRODUCT_ADMIN", { productId: "status" }, ["owner", "acmeAdmin"]],
    // A role without the place it needs is only the organization's to give.
    ["SITE_ADMIN", {}, ["acmeAdmin"]],
    ["PRODUCT_ADMIN", {}, ["acmeAdmin"]],
  ])("%s %j: %j", (role, scope, expected) => {
    expect(whoMay((person) => mayGrant(person, place(role, scope)))).toEqual(expected);
  });
});

describe("who may decide a request", () => {
  test.each<[Wish, Partial<RolePlace>, string[]]>([
    ["SITE_ADMIN", { siteId: "help" }, ["helpAdmin", "acmeAdmin"]],
    ["SITE_ACCESS", { siteId: "help" }, ["helpAdmin", "acmeAdmin"]],
    ["PRODUCT_ADMIN", { productId: "status" }, ["owner", "acmeAdmin"]],
  ])("%s %j: %j", (wish, scope, expected) => {
    const { organizationId, productId, siteId } = place("MEMBER", scope);
    expect(whoMay((person) => mayDecide(person, { wish, organizationId, siteId, productId }))).toEqual(
      expected,
    );
  });
});

describe("who has a role already", () => {
  test.each<[Role, Partial<RolePlace>, string[]]>([
    ["ORGANIZATION_ADMIN", {}, ["acmeAdmin"]],
    ["SITE_ADMIN", { siteId: "help" }, ["helpAdmin", "acmeAdmin"]],
    ["PRODUCT_ADMIN", { productId: "status" }, ["productAdmin"]],
    ["PRODUCT_OWNER", { productId: "status" }, ["owner"]],
    ["MEMBER", {}, ["member", "productAdmin", "owner", "otherOwner", "helpAdmin", "deskAdmin", "acmeAdmin"]],
  ])("%s %j: %j", (role, scope, expected) => {
    expect(whoMay((person) => holdsAlready(person, place(role, scope)))).toEqual(expected);
  });
});
