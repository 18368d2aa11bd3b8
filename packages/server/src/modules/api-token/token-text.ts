import { createHash, randomBytes } from "node:crypto";

/** What every secret begins with, so that people and secret scanners know one when they see it. */
export const secretPrefix = "rhm_";
const secretPattern = /^rhm_[A-Za-z0-9_-]{43}$/;
/** Characters of the secret that lists show: the prefix and 24 of its 256 random bits. */
const hintLength = secretPrefix.length + 4;

/** A new secret and what is kept of it. */
export interface NewSecret {
  /** `rhm_` and 43 letters: 256 random bits. Shown once, never stored. */
  secret: string;
  hint: string;
  /** SHA-256, as hexadecimal digits. */
  hash: string;
}

/** Makes a secret that nobody can guess. */
export function createSecret(): NewSecret {
  const secret = `${secretPrefix}${randomBytes(32).toString("base64url")}`;
  return { secret, hint: secret.slice(0, hintLength), hash: hashSecret(secret) };
}

/** SHA-256 of the secret, as hexadecimal digits. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Whether the text has the form of a secret of ours; anything else is not looked up. */
export function isSecret(text: string): boolean {
  return secretPattern.test(text);
}

/** What follows `Bearer` in an Authorization header, "" for nothing; null for no header and for other schemes. */
export function readBearer(header: unknown): string | null {
  const [scheme = "", ...rest] = typeof header === "string" ? header.trim().split(/\s+/) : [];
  return scheme.toLowerCase() === "bearer" ? rest.join(" ") : null;
}
