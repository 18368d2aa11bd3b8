import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Config } from "./config.ts";
import { keyBytes } from "./platform/secrets/secret-box.ts";

/**
 * The key that wraps the keys of sealed values: REHOME_MASTER_KEY (32 bytes as base64 or hexadecimal, or a file with
 * either), else one generated once in the data folder (mode 0600). With a database of your own and
 * NODE_ENV=production it must be given: nodes share it, and without it nothing sealed can be read again.
 */
export function loadMasterKey(config: Config): Buffer {
  if (config.masterKey !== undefined) {
    const given = config.masterKey;
    return readKey(existsSync(given) ? readFileSync(given, "utf8") : given);
  }
  if (config.production && config.databaseUrl !== undefined) {
    throw new Error(
      "REHOME_MASTER_KEY is missing: set it to 32 random bytes (`openssl rand -base64 32`), the same on every node.",
    );
  }
  const file = path.join(config.dataDir, "master-key");
  if (!existsSync(file)) {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(keyBytes).toString("base64"), { mode: 0o600, flag: "wx" });
  }
  return readKey(readFileSync(file, "utf8"));
}

function readKey(text: string): Buffer {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, /^[0-9a-f]{64}$/i.test(trimmed) ? "hex" : "base64");
  if (key.length !== keyBytes) {
    throw new Error(
      `REHOME_MASTER_KEY needs ${keyBytes} bytes as base64 or hexadecimal, or a file with them; ${key.length} were read.`,
    );
  }
  if (new Set(key).size < 10) {
    throw new Error("REHOME_MASTER_KEY repeats too few bytes. Use a random one: `openssl rand -base64 32`.");
  }
  return key;
}
