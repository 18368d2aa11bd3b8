export { accountTopic, loadActor, loadActors, type Actor, type ActorToken } from "./actor.ts";
export type { CanonicalizeEmail } from "./auth-endpoints.ts";
export { createAuth, type Auth, type AuthOptions } from "./create-auth.ts";
export { createSignIn, createSignInOf, readNewPassword, type NewSignIn } from "./create-sign-in.ts";
export type { Grant, Role } from "./grant.ts";
export { mountAuth } from "./mount-auth.ts";
export { hashPassword as hashNewPassword } from "./password-hash.ts";
export { PasswordQueueFullError } from "./password-queue.ts";
export { createRateLimitStorage } from "./rate-limit.ts";
export {
  belongsToOrganization,
  canAudit,
  canMigrate,
  canReadDirectory,
  canReadMigration,
  canReviewGroup,
  canUpload,
  isOrganizationAdmin,
  isSiteAdmin,
  type PolicyMigration,
  type PolicyRefusal,
  type PolicySite,
} from "./policy.ts";
