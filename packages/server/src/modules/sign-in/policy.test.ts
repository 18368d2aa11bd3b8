import { describe, expect, test } from "vitest";
import { Refused } from "../../platform/refusal.ts";
import type { Actor } from "./actor.ts";
import type { Grant, Role } from "./grant.ts";
import {
  belongsToOrganization,
  canAudit,
  canMigrate,
  canReadDirectory,
  canReadMigration,
  canReviewGroup,
  canUpload,
  isOrganizationAdmin,
  isSiteAdmin,
} from "./policy.ts";

const acme = "acme";
const globex = "globex";
const help = { id: "help", organizationId: acme, name: "Acme Help" };
const desk = { id: "desk", organizationId: acme, name: "Acme Desk" };
const foreign = { id: "foreign", organizationId: globex, name: "Globex Secret" };
const migration = { organizationId: acme, sourceSiteId: help.id, destinationSiteId: desk.id };

function makeGrant(
  role: Role,
  organizationId: string,
  scope: { siteId?: string; productId?: string } = {},
): Grant {
  return { role, organizationId, siteId: scope.siteId ?? null, productId: scope.productId ?? null };
}

function makeActor(...grants: Grant[]): Actor {
  return {
    accountId: "account",
    email: "dana@example.com",
    name: "Dana",
    sessionId: "session",
    sessionExpiresAt: new Date("2030-01-01"),
    grants,
  };
}

const nobody = makeActor();
const member = makeActor(makeGrant("MEMBER", acme));
const productOwner = makeActor(makeGrant("PRODUCT_OWNER", acme, { productId: "status" }));
const productAdmin = makeActor(makeGrant("PRODUCT_ADMIN", acme, { productId: "status" }));
const helpAdmin = makeActor(makeGrant("SITE_ADMIN", acme, { siteId: help.id }));
const deskAdmin = makeActor(makeGrant("SITE_ADMIN", acme, { siteId: desk.id }));
const bothAdmin = makeActor(
  makeGrant("SITE_ADMIN", acme, { siteId: help.id }),
  makeGrant("SITE_ADMIN", acme, { siteId: desk.id }),
);
const acmeAdmin = makeActor(makeGrant("ORGANIZATION_ADMIN", acme));
const globexAdmin = makeActor(
  makeGrant("ORGANIZATION_ADMIN", globex),
  makeGrant("SITE_ADMIN", globex, { siteId: foreign.id }),
);
/** A grant that names a site of Acme under another organization: never to be believed. */
const crooked = makeActor(makeGrant("SITE_ADMIN", globex, { siteId: help.id }));

const everybody = {
  nobody,
  member,
  productOwner,
  productAdmin,
  helpAdmin,
  deskAdmin,
  bothAdmin,
  acmeAdmin,
  globexAdmin,
  crooked,
};

function whoMay(rule: (actor: Actor) => unknown): string[] {
  return Object.entries(everybody)
    .filter(([, actor]) => rule(actor) === true)
    .map(([name]) => name);
}

describe("who holds which office", () => {
  test("belonging to an organization takes any role there", () => {
    const members = [
      "member",
      "productOwner",
      "productAdmin",
      "helpAdmin",
      "deskAdmin",
      "bothAdmin",
      "acmeAdmin",
    ];
    expect(whoMay((actor) => belongsToOrganization(actor, acme))).toEqual(members);
  });

  test("organization admins are those of that organization", () => {
    expect(whoMay((actor) => isOrganizationAdmin(actor, acme))).toEqual(["acmeAdmin"]);
    expect(whoMay((actor) => isOrganizationAdmin(actor, globex))).toEqual(["globexAdmin"]);
  });

  test("site admins are those of that site and the organization's admins", () => {
    expect(whoMay((actor) => isSiteAdmin(actor, help))).toEqual(["helpAdmin", "bothAdmin", "acmeAdmin"]);
    expect(whoMay((actor) => isSiteAdmin(actor, foreign))).toEqual(["globexAdmin"]);
  });

  test("a site claimed under the wrong organization is nobody's", () => {
    expect(whoMay((actor) => isSiteAdmin(actor, { id: help.id, organizationId: "unknown" }))).toEqual([]);
  });
});

describe("who may do what", () => {
  test("migrating takes the admin of both sites", () => {
    expect(whoMay((actor) => canMigrate(actor, help, desk))).toEqual(["bothAdmin", "acmeAdmin"]);
    expect(whoMay((actor) => canMigrate(actor, desk, help))).toEqual(["bothAdmin", "acmeAdmin"]);
  });

  test("nobody migrates between organizations, not even the admin of both", () => {
    const admin = makeActor(makeGrant("ORGANIZATION_ADMIN", acme), makeGrant("ORGANIZATION_ADMIN", globex));
    expect(canMigrate(admin, help, foreign)).toMatchObject({
      code: "NOT_PERMITTED",
      message:
        "Both sites must belong to the same organization. Nobody can permit a migration between organizations.",
      whoCanGrant: [],
    });
    expect(whoMay((actor) => canMigrate(actor, help, foreign))).toEqual([]);
  });

  test.each([
    ["uploading", canUpload],
    ["reviewing groups", canReviewGroup],
  ])("%s takes the admin of that site", (_name, rule) => {
    expect(whoMay((actor) => rule(actor, help))).toEqual(["helpAdmin", "bothAdmin", "acmeAdmin"]);
    expect(whoMay((actor) => rule(actor, foreign))).toEqual(["globexAdmin"]);
  });

  test("a migration is read by the admins of either site", () => {
    const readers = ["helpAdmin", "deskAdmin", "bothAdmin", "acmeAdmin"];
    expect(whoMay((actor) => canReadMigration(actor, migration))).toEqual(readers);
    const third = makeActor(makeGrant("SITE_ADMIN", acme, { siteId: "third" }));
    expect(canReadMigration(third, migration)).toBeInstanceOf(Refused);
  });

  test("the directory is read by every site admin of the organization and its admins", () => {
    const readers = ["helpAdmin", "deskAdmin", "bothAdmin", "acmeAdmin"];
    expect(whoMay((actor) => canReadDirectory(actor, acme))).toEqual(readers);
    expect(whoMay((actor) => canReadDirectory(actor, globex))).toEqual(["globexAdmin", "crooked"]);
  });

  test("the audit log is read by organization admins", () => {
    expect(whoMay((actor) => canAudit(actor, acme))).toEqual(["acmeAdmin"]);
  });
});

describe("a refusal", () => {
  test("says what is needed, which site is missing and who can grant it", () => {
    expect(canMigrate(helpAdmin, help, desk)).toMatchObject({
      code: "NOT_PERMITTED",
      message:
        "Migrating needs a site admin of both sites. You are not a site admin of Acme Desk. It can be granted by: Site admins of Acme Desk, Organization admins.",
      whoCanGrant: ["Site admins of Acme Desk", "Organization admins"],
    });
    expect(canMigrate(member, help, desk)).toMatchObject({
      whoCanGrant: ["Site admins of Acme Help", "Site admins of Acme Desk", "Organization admins"],
    });
    expect(canUpload(member, { id: help.id, organizationId: acme })).toMatchObject({
      message:
        "Uploading files needs a site admin of the site. You are not a site admin of this site. It can be granted by: Site admins of this site, Organization admins.",
    });
    expect(canAudit(helpAdmin, acme)).toMatchObject({ whoCanGrant: ["Organization admins"] });
  });

  test("tells a stranger nothing, the same for every question", () => {
    const answers = [
      canMigrate(globexAdmin, help, desk),
      canMigrate(acmeAdmin, help, foreign),
      canUpload(globexAdmin, help),
      canReviewGroup(globexAdmin, help),
      canReadMigration(globexAdmin, migration),
      canReadDirectory(globexAdmin, acme),
      canAudit(globexAdmin, acme),
    ];
    const [first] = answers;
    expect(first).toMatchObject({
      code: "NOT_PERMITTED",
      message: "You are not permitted to do this.",
      whoCanGrant: [],
    });
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toHaveLength(1);
  });
});
