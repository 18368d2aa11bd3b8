import {
  belongsToOrganization,
  canReadDirectory,
  isOrganizationAdmin,
  isSiteAdmin,
  type Actor,
  type Role,
} from "../sign-in/index.ts";

/** A role and where it holds: a site admin's has a site, a product owner's or admin's a product. */
export interface RolePlace {
  role: Role;
  organizationId: string;
  siteId: string | null;
  productId: string | null;
}

/** What somebody may ask for. */
export type Wish = "SITE_ADMIN" | "SITE_ACCESS" | "PRODUCT_ADMIN";

/** A wish and where it would hold. */
export interface WishPlace {
  wish: Wish;
  organizationId: string;
  siteId: string | null;
  productId: string | null;
}

/** Whoever holds these roles, as far as the rules look. */
type Holder = Pick<Actor, "grants">;

/**
 * Whether they may give and take the role there: organization admins every role, site admins that of their site,
 * a product's owner the roles of the product. Nobody may on the strength of an equal role alone.
 */
export function mayGrant(holder: Holder, { organizationId, productId, role, siteId }: RolePlace): boolean {
  if (isOrganizationAdmin(holder, organizationId)) {
    return true;
  }
  if (role === "SITE_ADMIN") {
    return siteId !== null && isSiteAdmin(holder, { id: siteId, organizationId });
  }
  const isOfProduct = role === "PRODUCT_OWNER" || role === "PRODUCT_ADMIN";
  return isOfProduct && ownsProduct(holder, organizationId, productId);
}

/** Whether they may approve and decline the wish. */
export function mayDecide(holder: Holder, { organizationId, productId, siteId, wish }: WishPlace): boolean {
  const role = wish === "SITE_ACCESS" ? "SITE_ADMIN" : wish;
  return mayGrant(holder, { role, organizationId, siteId, productId });
}

/** Whether they see who has which role: of the whole organization as readers of the directory, of a product as its owner. */
export function mayReadPeople(actor: Actor, organizationId: string, productId: string | null): boolean {
  return canReadDirectory(actor, organizationId) === true || ownsProduct(actor, organizationId, productId);
}

/** Whether they have the role already, themselves or, for a site, through the organization. */
export function holdsAlready(holder: Holder, place: RolePlace): boolean {
  const { organizationId, productId, role, siteId } = place;
  if (role === "SITE_ADMIN") {
    return siteId !== null && isSiteAdmin(holder, { id: siteId, organizationId });
  }
  if (role === "MEMBER") {
    return belongsToOrganization(holder, organizationId);
  }
  return holder.grants.some(
    (grant) =>
      grant.organizationId === organizationId && grant.role === role && grant.productId === productId,
  );
}

function ownsProduct({ grants }: Holder, organizationId: string, productId: string | null): boolean {
  return (
    productId !== null &&
    grants.some(
      (grant) =>
        grant.role === "PRODUCT_OWNER" &&
        grant.organizationId === organizationId &&
        grant.productId === productId,
    )
  );
}
