import { createHash, randomBytes } from "node:crypto";

export const recoveryCodeCount = 10;
/** Without l, o, 0 and 1, which are read as others: 32 letters, five bits each. */
const alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
const codeLength = 16;
const groupLength = 4;

/** Ten new codes as they are shown, this once: `k7mn-2pq8-…`, 80 random bits each. */
export function makeRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodeCount }, () => {
    const letters = [...randomBytes(codeLength)].map((byte) => alphabet[byte % alphabet.length]).join("");
    return letters.match(new RegExp(`.{${groupLength}}`, "g"))?.join("-") ?? letters;
  });
}

/** What is kept of a code. With 80 random bits one SHA-256 is enough; the person's id keeps equal codes apart. */
export function hashRecoveryCode(userId: string, code: string): Buffer {
  return createHash("sha256")
    .update(`${userId}:${normalizeCode(code)}`)
    .digest();
}

/** A code as typed, without the spaces and dashes people add, in lower case. */
export function normalizeCode(code: string): string {
  return code.replaceAll(/[\s-]/g, "").toLowerCase();
}
