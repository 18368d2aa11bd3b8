import { Refused } from "../../platform/refusal.ts";
import { readOnlyToken } from "../../platform/graphql/token-refusals.ts";
import type { Actor } from "./actor.ts";

/**
 * Why an actor may not do something: code NOT_PERMITTED, a message saying what is needed and who can grant it, and
 * those again as a list. Names nothing of an organization the actor does not belong to.
 */
export type PolicyRefusal = Refused;

/** A site as the rules see it. The name is only shown. */
export interface PolicySite {
  id: string;
  organizationId: string;
  name?: string;
}

/** A product as the rules see it. The name is only shown. */
export interface PolicyProduct {
  id: string;
  organizationId: string;
  name?: string;
}

/** A migration as the rules see it; both sites belong to its organization. */
export interface PolicyMigration {
  organizationId: string;
  sourceSiteId: string;
  destinationSiteId: string;
}

/** Whether any role ties the actor to the organization. Who does not belong gets the answer for what does not exist. */
export function belongsToOrganization(actor: Pick<Actor, "grants">, organizationId: string): boolean {
  return actor.grants.some((grant) => grant.organizationId === organizationId);
}

/** Whether the actor administers the organization, and with it every site there. */
export function isOrganizationAdmin(actor: Pick<Actor, "grants">, organizationId: string): boolean {
  return actor.grants.some(
    (grant) => grant.role === "ORGANIZATION_ADMIN" && grant.organizationId === organizationId,
  );
}

/** Whether the actor administers the site: as its site admin, or as an organization admin of its organization. */
export function isSiteAdmin(actor: Pick<Actor, "grants">, site: PolicySite): boolean {
  return (
    isOrganizationAdmin(actor, site.organizationId) || holdsSiteAdmin(actor, site.organizationId, site.id)
  );
}

/** Planning, approving and running a move: only within one organization, by who administers both sites. */
export function canMigrate(actor: Actor, source: PolicySite, destination: PolicySite): true | PolicyRefusal {
  const isStranger = [source, destination].some((site) => !belongsToOrganization(actor, site.organizationId));
  if (isStranger) {
    return refuseStranger();
  }
  if (actor.token?.mayChange === false) {
    return refuseReader();
  }
  if (source.organizationId !== destination.organizationId) {
    return new Refused(
      "NOT_PERMITTED",
      "Both sites must belong to the same organization. Nobody can permit a migration between organizations.",
    );
  }
  const missing = [source, destination].filter((site) => !isSiteAdmin(actor, site));
  return missing.length === 0
    ? true
    : refuseSiteAdmin("Migrating needs a site admin of both sites.", missing);
}

/** Uploading customer, request and project files for the site. */
export function canUpload(actor: Actor, site: PolicySite): true | PolicyRefusal {
  return requireSiteAdmin(actor, site, "Uploading files needs a site admin of the site.");
}

/** Approving and declining imported groups of the site, and upgrading duplicates there. */
export function canReviewGroup(actor: Actor, site: PolicySite): true | PolicyRefusal {
  return requireSiteAdmin(actor, site, "Reviewing groups needs a site admin of the site.");
}

/** Reading a migration's plan, people, events and report: who administers one of its sites. */
export function canReadMigration(actor: Actor, migration: PolicyMigration): true | PolicyRefusal {
  const { organizationId, sourceSiteId, destinationSiteId } = migration;
  if (!belongsToOrganization(actor, organizationId)) {
    return refuseStranger();
  }
  const isReader = [sourceSiteId, destinationSiteId].some((id) => isSiteAdmin(actor, { id, organizationId }));
  if (isReader) {
    return true;
  }
  const grantors = ["Site admins of the source or destination site", organizationAdmins];
  return refuseWith("Reading a migration needs a site admin of its source or destination site.", grantors);
}

/** Reading the users of a product, the files of them, and what is wrong with them. */
export function canReadProductUsers(actor: Actor, product: PolicyProduct): true | PolicyRefusal {
  if (!belongsToOrganization(actor, product.organizationId)) {
    return refuseStranger();
  }
  if (isOrganizationAdmin(actor, product.organizationId) || holdsProduct(actor, product)) {
    return true;
  }
  const name = product.name ?? "this product";
  return refuseWith(`The users of ${name} are for its owner, its product admins and organization admins.`, [
    `The owner of ${name}`,
    organizationAdmins,
  ]);
}

/** Uploading the users of a product and deciding about its bots. */
export function canManageProductUsers(actor: Actor, product: PolicyProduct): true | PolicyRefusal {
  const allowed = canReadProductUsers(actor, product);
  return allowed === true && actor.token?.mayChange === false ? refuseReader() : allowed;
}

/** Reading the people of an organization: its organization admins and the site admins of any of its sites. */
export function canReadDirectory(actor: Actor, organizationId: string): true | PolicyRefusal {
  if (!belongsToOrganization(actor, organizationId)) {
    return refuseStranger();
  }
  if (isOrganizationAdmin(actor, organizationId) || holdsSiteAdmin(actor, organizationId)) {
    return true;
  }
  return refuseWith("Reading the directory needs a site admin or an organization admin.", [
    "Site admins",
    organizationAdmins,
  ]);
}

/** Reading the audit log of an organization. */
export function canAudit(actor: Actor, organizationId: string): true | PolicyRefusal {
  if (!belongsToOrganization(actor, organizationId)) {
    return refuseStranger();
  }
  if (isOrganizationAdmin(actor, organizationId)) {
    return true;
  }
  return refuseWith("Reading the audit log needs an organization admin.", [organizationAdmins]);
}

/** Writing operations of one's own in the API explorer where only the web application's are answered: any admin. */
export function mayExplore(actor: Pick<Actor, "grants">): boolean {
  return actor.grants.some((grant) => grant.role !== "MEMBER");
}

/** Reading how the mail of an organization stands, and deciding about mail that bounced, was given up or is held. */
export function canManageMail(actor: Actor, organizationId: string): true | PolicyRefusal {
  if (!belongsToOrganization(actor, organizationId)) {
    return refuseStranger();
  }
  if (isOrganizationAdmin(actor, organizationId)) {
    return true;
  }
  return refuseWith("An organization's mail is for its organization admins.", [organizationAdmins]);
}

const organizationAdmins = "Organization admins";

/** As its owner or as one of its product admins. */
function holdsProduct(actor: Pick<Actor, "grants">, { id, organizationId }: PolicyProduct): boolean {
  return actor.grants.some(
    (grant) =>
      (grant.role === "PRODUCT_OWNER" || grant.role === "PRODUCT_ADMIN") &&
      grant.organizationId === organizationId &&
      grant.productId === id,
  );
}

/** Without a site: of any site of the organization. */
function holdsSiteAdmin(actor: Pick<Actor, "grants">, organizationId: string, siteId?: string): boolean {
  return actor.grants.some(
    (grant) =>
      grant.role === "SITE_ADMIN" &&
      grant.organizationId === organizationId &&
      grant.siteId !== null &&
      (siteId === undefined || grant.siteId === siteId),
  );
}

function requireSiteAdmin(actor: Actor, site: PolicySite, need: string): true | PolicyRefusal {
  if (!belongsToOrganization(actor, site.organizationId)) {
    return refuseStranger();
  }
  if (actor.token?.mayChange === false) {
    return refuseReader();
  }
  return isSiteAdmin(actor, site) ? true : refuseSiteAdmin(need, [site]);
}

function refuseSiteAdmin(need: string, missing: PolicySite[]): PolicyRefusal {
  const names = missing.map((site) => site.name ?? "this site");
  const grantors = [...new Set(names.map((name) => `Site admins of ${name}`)), organizationAdmins];
  return refuseWith(`${need} You are not a site admin of ${[...new Set(names)].join(" and ")}.`, grantors);
}

function refuseWith(need: string, whoCanGrant: string[]): PolicyRefusal {
  return new Refused("NOT_PERMITTED", `${need} It can be granted by: ${whoCanGrant.join(", ")}.`, {
    whoCanGrant,
  });
}

/** The account may, but the token it asks through was made for reading alone. */
function refuseReader(): PolicyRefusal {
  return new Refused("NOT_PERMITTED", readOnlyToken.message, { whoCanGrant: readOnlyToken.whoCanGrant });
}

/** Says nothing about what was asked for, not even that it exists. */
function refuseStranger(): PolicyRefusal {
  return new Refused("NOT_PERMITTED", "You are not permitted to do this.");
}
