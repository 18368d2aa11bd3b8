import { createHash, randomBytes } from "node:crypto";

/** A secret that only the browser keeps, in a cookie that scripts cannot read. */
export function makeCookieSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of it. With 256 random bits one SHA-256 is enough. */
export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
