export { createApiToken, revokeApiToken, type MadeToken, type TokenOwner } from "./api-token.service.ts";
export { revokeRestoredTokens } from "./revoke-restored-tokens.ts";
export { ApiTokenResolver, ViewerTokensResolver } from "./api-token.resolver.ts";
export { findOrganizationStatement } from "./sql/find-organization.ts";
export { findOwnerStatement } from "./sql/find-owner.ts";
export { findTokenStatement } from "./sql/find-token.ts";
export { listTokensStatement } from "./sql/list-tokens.ts";
export type { TokenRow } from "./sql/token-columns.ts";
export { createServiceAccount } from "./service-account/service-account.service.ts";
export { createTokenAdmission, type TokenAdmission } from "./token-admission.ts";
export {
  OrganizationServiceAccountsResolver,
  ServiceAccountResolver,
} from "./service-account/service-account.resolver.ts";
