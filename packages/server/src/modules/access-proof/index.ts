export {
  computeProof,
  discardProof,
  keepAccessBefore,
  prepareProof,
  replaceProof,
  type AccessProof,
  type ProofCause,
} from "./access-proof.ts";
export { proofCauses } from "./cause-words.ts";
export {
  readDifferences,
  streamDifferences,
  type AccessDifference,
  type DifferenceFilter,
  type PersonDifferences,
} from "./read-differences.ts";
