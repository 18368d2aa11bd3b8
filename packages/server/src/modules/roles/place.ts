import type { StatementRunner } from "../../platform/database/statement.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { refuse } from "../../platform/refusal.ts";
import type { Role } from "../sign-in/index.ts";
import type { RolePlace, Wish } from "./role-policy.ts";
import { findPlaceStatement, type PlaceNames } from "./sql/find-place.ts";
import { listGrantorsStatement, type GrantorRow } from "./sql/list-grantors.ts";

/** Roles as sentences name them. */
export const roleWords: Record<Role, string> = {
  ORGANIZATION_ADMIN: "organization admin",
  SITE_ADMIN: "site admin",
  PRODUCT_OWNER: "owner",
  PRODUCT_ADMIN: "product admin",
  MEMBER: "member",
};

/** Wishes as sentences name them, before "of" or "to" the place. */
export const wishWords: Record<Wish, string> = {
  SITE_ADMIN: "the site admin role of",
  SITE_ACCESS: "access to",
  PRODUCT_ADMIN: "the product admin role of",
};

type Scope = Pick<RolePlace, "organizationId" | "siteId" | "productId">;

/**
 * Brings a role and the ids given with it into a place: only the id that the role needs is kept.
 * Refused when that id is missing.
 */
export function readPlace(
  role: Role,
  given: { organizationId: string; siteId?: string | null; productId?: string | null },
): RolePlace {
  const { organizationId } = given;
  const siteId = role === "SITE_ADMIN" ? (given.siteId ?? null) : null;
  const isOfProduct = role === "PRODUCT_OWNER" || role === "PRODUCT_ADMIN";
  const productId = isOfProduct ? (given.productId ?? null) : null;
  if (role === "SITE_ADMIN" && siteId === null) {
    refuse("INVALID_INPUT", "Say which site: a site admin administers one.", { field: "siteId" });
  }
  if (isOfProduct && productId === null) {
    refuse("INVALID_INPUT", "Say which product: an owner or product admin has one.", { field: "productId" });
  }
  return { role, organizationId, siteId, productId };
}

/** The names of the place; NOT_FOUND when the site or product is not the organization's, as when there is none. */
export async function namePlace(em: StatementRunner, scope: Scope): Promise<PlaceNames> {
  const [names] = await findPlaceStatement.run(em, [scope.organizationId, scope.siteId, scope.productId]);
  if (names === undefined) {
    throw notFound();
  }
  return names;
}

/** What the place is called: the product, else the site, else the organization. */
export function placeName({ organizationName, productName, siteName }: PlaceNames): string {
  return productName ?? siteName ?? organizationName;
}

/** Everybody who can grant roles at the place, the nearest first. */
export async function listGrantors(em: StatementRunner, scope: Scope): Promise<GrantorRow[]> {
  return listGrantorsStatement.run(em, [scope.organizationId, scope.siteId, scope.productId]);
}

/** Ends the transaction with who could have done it. */
export async function refuseWithGrantors(em: StatementRunner, scope: Scope, message: string): Promise<never> {
  const grantors = await listGrantors(em, scope);
  return refuse("NOT_PERMITTED", message, { whoCanGrant: grantors.map(describePerson) });
}

/** `Ann Lee (ann@abc.com)`, or the address of somebody without a name. */
export function describePerson({ email, name }: { name: string; email: string }): string {
  return name === "" ? email : `${name} (${email})`;
}
