import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Config } from "./config.ts";

/**
 * The secret that signs cookies: REHOME_SECRET, else one generated once in the data folder (mode 0600). With a
 * database of your own and NODE_ENV=production it must be given, since several nodes have to share it.
 */
export function loadSecret(config: Config): string {
  if (config.secret !== undefined) {
    if (config.production) {
      insistOnRandom(config.secret);
    }
    return config.secret;
  }
  if (config.production && config.databaseUrl !== undefined) {
    throw new Error(
      "REHOME_SECRET is missing: set it to 32 random characters or more, the same on every node.",
    );
  }
  const file = path.join(config.dataDir, "secret");
  if (!existsSync(file)) {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" });
  }
  return readFileSync(file, "utf8").trim();
}

/** What people write where a secret is to come, in examples and at first tries. */
const placeholder =
  /change.?me|replace.?me|secret|password|example|rehome|default|0123456789|abcdefghij|qwerty/i;

/** A guessed secret signs anybody in: in production one that nobody can have drawn at random is refused. */
function insistOnRandom(secret: string): void {
  const problem = placeholder.test(secret)
    ? "holds a word or row that people guess"
    : new Set(secret).size < 12
      ? "repeats too few characters"
      : undefined;
  if (problem !== undefined) {
    throw new Error(
      `REHOME_SECRET ${problem}. Set it to 32 random characters or more (\`openssl rand -base64 32\`), the same on every node.`,
    );
  }
}
