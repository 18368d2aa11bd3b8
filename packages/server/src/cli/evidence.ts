import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { loadEvidenceKey } from "../evidence-key.ts";
import { nameKey, verifyEvidence } from "../modules/evidence/index.ts";

/** `rehome evidence-key`: prints the public key that this configuration signs with, for `--key`. */
export async function evidenceKeyCommand(): Promise<number> {
  const { publicKey } = loadEvidenceKey(readConfig());
  process.stdout.write(`${publicKey}\n`);
  process.stderr.write(`${nameKey(publicKey)}\n`);
  return 0;
}

/** `rehome verify-evidence FILE [--key PUBLICKEY]`: needs no server, no database and no configuration. */
export async function verifyEvidenceCommand(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    options: { key: { type: "string" } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) {
    process.stderr.write("Usage: rehome verify-evidence FILE [--key PUBLICKEY]\n");
    return 2;
  }
  const { key } = values;
  const trusted = key === undefined ? null : existsSync(key) ? readFileSync(key, "utf8") : key;
  const { checked, difference } = await verifyEvidence(file, trusted);
  for (const sentence of checked) {
    process.stdout.write(`ok    ${sentence}\n`);
  }
  process.stdout.write(
    difference === null ? "The evidence is whole and genuine.\n" : `WRONG ${difference}\n`,
  );
  return difference === null ? 0 : 1;
}
