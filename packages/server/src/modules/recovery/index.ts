export { mountRecovery } from "./mount-recovery.ts";
export type { RecoveryParts } from "./recovery-parts.ts";
export { grantWishes } from "./grant-wishes.ts";
