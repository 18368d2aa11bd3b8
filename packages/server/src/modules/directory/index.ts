export { Account } from "./account.entity.ts";
export { listAdministrators, type AdministeredPlace } from "./administrators.ts";
export { canonicalizeEmail, type CanonicalEmail } from "./canonical-email.ts";
export {
  AccountTypeEnum,
  PersonKindEnum,
  ProjectAccessEnum,
  RoleEnum,
  type AccountType,
  type PersonKind,
  type ProjectAccess,
} from "./directory.enums.types.ts";
export { loadOrganizations, loadPersonRefs, loadSites, loadSitesOf } from "./directory.loaders.ts";
export { directoryResolvers } from "./directory.resolvers.ts";
export { insistOnReader } from "./directory.visibility.ts";
export { parseDirectorySearch } from "./directory-search.ts";
export { OrganizationType, PersonRefType, ProductType, RoleAssignmentType } from "./organization.types.ts";
export { loadProfiles, readableOrganizations } from "./person.loaders.ts";
export {
  PersonProfileType,
  ReachableProjectType,
  ReachableRequestType,
  SitePresenceType,
} from "./person.types.ts";
export { ServiceProjectType, SiteCountsType, SiteType } from "./site.types.ts";
export { upgradePortalCustomers } from "./upgrade/upgrade-portal-customers.ts";
