import type { DirectoryEntryType } from "./directory-entry.types.ts";
import type { Organization } from "./organization.entity.ts";
import type { OrganizationType, ProductType, RoleAssignmentType } from "./organization.types.ts";
import type { PersonProfileType, SitePresenceType } from "./person.types.ts";
import type { Product } from "./product.entity.ts";
import type { RoleAssignment } from "./role-assignment.entity.ts";
import type { ServiceProject } from "./service-project.entity.ts";
import type { Site } from "./site.entity.ts";
import type { ServiceProjectType, SiteType } from "./site.types.ts";
import type { DirectoryRow } from "./sql/list-directory.ts";
import type { PresenceRow } from "./sql/list-presences.ts";
import type { ProfileRow } from "./sql/load-profiles.ts";

/** The GraphQL object of a stored organization. */
export function toOrganization(organization: Organization): OrganizationType {
  const { id, name, createdAt, distributionListWords, botWords, secondApproverRequired } = organization;
  return { id, name, createdAt, distributionListWords, botWords, secondApproverRequired };
}

/** The GraphQL object of a stored site. */
export function toSite({ id, organizationId, name, urlName, createdAt }: Site): SiteType {
  return { id, organizationId, name, urlName, createdAt };
}

/** The GraphQL object of a stored product. */
export function toProduct({ id, organizationId, siteId, name, kind, hosting }: Product): ProductType {
  return { id, organizationId, siteId: siteId ?? null, name, kind, hosting };
}

/** The GraphQL object of a stored service project. */
export function toProject({ id, key, name, access }: ServiceProject): ServiceProjectType {
  return { id, key, name, access };
}

/** The GraphQL object of a stored role. */
export function toRole({
  id,
  role,
  accountId,
  organizationId,
  siteId,
  productId,
}: RoleAssignment): RoleAssignmentType {
  return { id, role, accountId, organizationId, siteId: siteId ?? null, productId: productId ?? null };
}

/** The GraphQL object of a line of the directory. */
export function toDirectoryEntry(row: DirectoryRow): DirectoryEntryType {
  const profileId = row.accountId ?? row.portalCustomerId ?? "";
  const { siteId, email, name, type, active, customerRole, kind, duplicate } = row;
  // An account has one line per site, so its own id would name several.
  return {
    id: `${siteId}.${profileId}`,
    siteId,
    email,
    name,
    type,
    active,
    customerRole,
    kind,
    duplicate,
    profileId,
  };
}

/** The GraphQL object of a stored identity. */
export function toProfile({ createdAt, ...row }: ProfileRow): PersonProfileType {
  return { ...row, createdAt: new Date(createdAt) };
}

/** The GraphQL object of an identity on a site. */
export function toPresence(row: PresenceRow): SitePresenceType {
  return { ...row, type: row.accountId === null ? "PORTAL_ONLY" : "ATLASSIAN_ACCOUNT" };
}
