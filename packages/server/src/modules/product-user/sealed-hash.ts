import type { SecretBox } from "../../platform/secrets/secret-box.ts";

/** A login as its product knows it: it has one login of this address and name. */
export interface LoginKey {
  productId: string;
  /** Canonical. */
  email: string;
  loginName: string;
}

/** Seals a password hash for its login: moved to another login it does not open. */
export function sealPasswordHash(secrets: SecretBox, login: LoginKey, hash: string): Buffer {
  return secrets.seal(hash, contextOf(login));
}

/** The hash again. @throws Error when it was sealed for another login or with another master key */
export function openPasswordHash(secrets: SecretBox, login: LoginKey, sealed: Uint8Array): string {
  return secrets.open(sealed, contextOf(login));
}

function contextOf({ productId, email, loginName }: LoginKey): string {
  return `password hash of ${JSON.stringify([productId, email, loginName])}`;
}
