/** What a person may be somewhere; organization admins administer every site of theirs. */
export type Role = "ORGANIZATION_ADMIN" | "SITE_ADMIN" | "PRODUCT_OWNER" | "PRODUCT_ADMIN" | "MEMBER";

/** One role and where it holds: a site admin's has a site, a product owner's or admin's a product. */
export interface Grant {
  role: Role;
  organizationId: string;
  siteId: string | null;
  productId: string | null;
}
