import type { EntitySchema } from "@mikro-orm/core";
import { OrganizationSchema } from "./modules/directory/organization.entity.ts";

/** Every entity the ORM knows. */
export const entities: EntitySchema[] = [OrganizationSchema as unknown as EntitySchema];
