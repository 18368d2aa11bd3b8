import type { Role } from "@rehome/schema";
import { roleWords } from "../role-words.ts";

/** A role with its place, as queries select them. */
export interface NamedRole {
  role: Role;
  site?: { name: string } | null;
  product?: { name: string } | null;
}

/** "Site admin of Northwind Help"; a role of the organization by its word alone. */
export function describeRole({ product, role, site }: NamedRole): string {
  const place = product?.name ?? site?.name;
  return place === undefined ? roleWords[role] : `${roleWords[role]} of ${place}`;
}
