export {
  consumeProof,
  findProof,
  issueProof,
  revokeProofs,
  type EmailProof,
  type ProofBinding,
  type ProofPurpose,
} from "./email-proof.ts";
export { auditAccount, endProofs, proveAccount, type ProvenAccount } from "./prove-account.ts";
export { keptOfAccount, wipedOfAccount } from "./sql/wipe-account.ts";
