export {
  endAccountSessions,
  isAccountPassword,
  lockPersonOfAccount,
  prepareNewPassword,
  setAccountPassword,
  type HashedPassword,
} from "./account-password.ts";
export { accountTopic, loadActor, loadActors, type Actor, type ActorToken } from "./actor.ts";
export { createAuth, type Auth, type AuthOptions } from "./create-auth.ts";
export { createSignIn, type NewSignIn } from "./create-sign-in.ts";
export { endSessionsOf } from "./end-sessions-of.ts";
export type { Grant, Role } from "./grant.ts";
export { mountAuth } from "./mount-auth.ts";
export {
  importPasswordHashes,
  type ImportedHash,
  type ImportOutcome,
} from "./password/import-password-hashes.ts";
export { readStoredHash } from "./password/stored-hash.ts";
export { findNewPasswordProblem } from "./password/new-password.ts";
export type { PasswordProblem } from "./password/password-rules.ts";
export { PasswordQueueFullError } from "./password/password-queue.ts";
export { consumeRateLimit, createRateLimitStorage, type RateLimitStorage } from "./rate-limit.ts";
export {
  belongsToOrganization,
  canAudit,
  canManageMail,
  canManageProductUsers,
  canMigrate,
  canReadDirectory,
  canReadMigration,
  canReadProductUsers,
  canReviewGroup,
  canUpload,
  isOrganizationAdmin,
  isSiteAdmin,
  mayExplore,
  type PolicyMigration,
  type PolicyProduct,
  type PolicyRefusal,
  type PolicySite,
} from "./policy.ts";
export { createSecondFactorJudge, type JudgeSecondFactor } from "./second-factor-judge.ts";
export type { RecordSecurityChange, SecurityChange } from "./security-change.ts";
export type { CanonicalizeEmail } from "./sign-in-parts.ts";
