/** Names of the two files that stand beside the evidence itself. */
export const manifestName = "manifest.json";
export const signatureName = "manifest.sig";

/** What the manifest calls its own form; raised when a verifier would read another form wrongly. */
export const evidenceFormat = "rehome-evidence/1";

/** One file of the pack: SHA-256 in hex and size in bytes of its uncompressed content. */
export interface ManifestFile {
  name: string;
  sha256: string;
  size: number;
}

/** Everything the signature covers, by way of the files' hashes. */
export interface Manifest {
  format: string;
  migration: { id: string; name: string };
  createdAt: string;
  /** Base64 SPKI of the key that signs. */
  publicKey: string;
  files: ManifestFile[];
}

/** The content of manifest.sig: an Ed25519 signature over the exact bytes of manifest.json. */
export interface ManifestSignature {
  algorithm: "Ed25519";
  publicKey: string;
  signature: string;
}

/** The part of migration.json that the verifier compares other files with. Counts are rows. */
export interface EvidenceMigration {
  id: string;
  name: string;
  state: string;
  planFingerprint: string | null;
  approvedFingerprint: string | null;
  totalItems: number;
  successful: number;
  requiresAttention: number;
  failed: number;
  notApplied: number;
  lastSequence: number;
  /** The first event that retention left in the log; absent, and 1, in packs of versions that did not state it. */
  firstKeptSequence?: number;
}

/** An entry of approvals.json. */
export interface EvidenceApproval {
  ordinal: number;
  fingerprint: string;
  required: number;
  by: { id: string; name: string; email: string };
  at: string;
  shownDigest: string;
  shown: unknown;
}

/** The content of proof/summary.json. `atExport` counts the lines of proof/differences.jsonl. */
export interface EvidenceProof {
  stored: { gained: number; lost: number; unexplained: number; computedAt: string } | null;
  atExport: ProofTally;
}

/** Entries of the access proof by what they are. */
export interface ProofTally {
  gained: number;
  lost: number;
  unexplained: number;
}
