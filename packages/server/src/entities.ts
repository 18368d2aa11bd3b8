import type { EntitySchema } from "@mikro-orm/core";
import { AccountSchema } from "./modules/directory/account.entity.ts";
import { OrganizationSchema } from "./modules/directory/organization.entity.ts";
import { PortalCustomerSchema } from "./modules/directory/portal-customer.entity.ts";
import { ProductSchema } from "./modules/directory/product.entity.ts";
import { RoleAssignmentSchema } from "./modules/directory/role-assignment.entity.ts";
import { ServiceProjectSchema } from "./modules/directory/service-project.entity.ts";
import { SiteSchema } from "./modules/directory/site.entity.ts";
import { UserGroupSchema } from "./modules/directory/user-group.entity.ts";

/** Every entity the ORM knows. */
export const entities = [
  OrganizationSchema,
  SiteSchema,
  ProductSchema,
  AccountSchema,
  PortalCustomerSchema,
  UserGroupSchema,
  RoleAssignmentSchema,
  ServiceProjectSchema,
] as unknown as readonly EntitySchema[];
