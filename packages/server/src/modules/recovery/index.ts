export { answer, guard, limit, readBody, refuseBody } from "./answers.ts";
export { insistOnPerson } from "./insist-on-person.ts";
export { mountRecovery } from "./mount-recovery.ts";
export { RecoveryFault } from "./recovery-fault.ts";
export type { RecoveryParts } from "./recovery-parts.ts";
export { grantWishes } from "./grant-wishes.ts";
