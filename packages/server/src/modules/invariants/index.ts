export { invariants, type Invariant, type InvariantId } from "./invariants.ts";
export { describeFindings, verifyInvariants, type InvariantFinding } from "./verify-invariants.ts";
export { verifyDatabase } from "./verify-database.ts";
