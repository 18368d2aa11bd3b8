export { generateKeyText, nameKey, readPrivateKey, type EvidenceKey } from "./evidence-key.ts";
export { mountEvidenceRoutes } from "./evidence.route.ts";
export { verifyEvidence, type Verdict } from "./verify/verify-evidence.ts";
