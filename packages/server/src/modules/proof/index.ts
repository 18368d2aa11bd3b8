export {
  consumeProof,
  findProof,
  issueProof,
  revokeProofs,
  type EmailProof,
  type ProofBinding,
  type ProofPurpose,
} from "./email-proof.ts";
