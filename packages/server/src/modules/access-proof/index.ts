export {
  accessProofSample,
  keepAccessBefore,
  streamAccessChanges,
  summarizeAccess,
  type AccessDifference,
  type AccessSummary,
} from "./access-proof.ts";
