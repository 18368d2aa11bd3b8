import type { SecretBox } from "../../../platform/secrets/secret-box.ts";

/** The secret shared with an authenticator app, as it is stored: it opens for this person alone. */
export function sealTotpSecret(secrets: SecretBox, userId: string, secret: Buffer): Buffer {
  return secrets.seal(secret.toString("base64"), contextOf(userId));
}

/** @throws Error when it was sealed for somebody else or with another master key */
export function openTotpSecret(secrets: SecretBox, userId: string, sealed: Buffer): Buffer {
  return Buffer.from(secrets.open(sealed, contextOf(userId)), "base64");
}

function contextOf(userId: string): string {
  return `two-step:${userId}`;
}
