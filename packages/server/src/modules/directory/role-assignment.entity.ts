import { defineEntity, p } from "@mikro-orm/core";

const RoleAssignmentSchema = defineEntity({
  name: "RoleAssignment",
  tableName: "role_assignment",
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    role: p.enum(["ORGANIZATION_ADMIN", "SITE_ADMIN", "PRODUCT_OWNER", "PRODUCT_ADMIN", "MEMBER"] as const),
    organizationId: p.uuid(),
    siteId: p.uuid().nullable(),
    productId: p.uuid().nullable(),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/** One role of an account: a site admin's has a site, a product owner's or admin's a product. */
export class RoleAssignment extends RoleAssignmentSchema.class {}
RoleAssignmentSchema.setClass(RoleAssignment);
export { RoleAssignmentSchema };
