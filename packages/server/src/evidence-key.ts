import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Config } from "./config.ts";
import { generateKeyText, readPrivateKey, type EvidenceKey } from "./modules/evidence/index.ts";

/**
 * The Ed25519 key that signs evidence packs: REHOME_EVIDENCE_KEY (PEM, base64 or a file with either), else one
 * generated once in the data folder (mode 0600). With a database of your own and NODE_ENV=production it must be
 * given: nodes have to share it, and a key that is lost with a container proves nothing later.
 */
export function loadEvidenceKey(config: Config): EvidenceKey {
  if (config.evidenceKey !== undefined) {
    const given = config.evidenceKey;
    try {
      return readPrivateKey(existsSync(given) ? readFileSync(given, "utf8") : given);
    } catch (error) {
      throw new Error(`REHOME_EVIDENCE_KEY is ${error instanceof Error ? error.message : String(error)}.`, {
        cause: error,
      });
    }
  }
  if (config.production && config.databaseUrl !== undefined) {
    throw new Error(
      "Evidence cannot be signed: whoever operates this server has to set REHOME_EVIDENCE_KEY to an Ed25519 key (PKCS8), the same on every node.",
    );
  }
  const file = path.join(config.dataDir, "evidence-key.pem");
  if (!existsSync(file)) {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(file, generateKeyText(), { mode: 0o600, flag: "wx" });
  }
  return readPrivateKey(readFileSync(file, "utf8"));
}
