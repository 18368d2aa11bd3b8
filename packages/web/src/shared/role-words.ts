import type { Role } from "@rehome/schema";

/** Admin levels and membership, as people read them. */
export const roleWords: Record<Role, string> = {
  ORGANIZATION_ADMIN: "Organization admin",
  SITE_ADMIN: "Site admin",
  PRODUCT_OWNER: "Owner",
  PRODUCT_ADMIN: "Product admin",
  MEMBER: "Member",
};
