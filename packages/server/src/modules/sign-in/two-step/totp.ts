import { createHmac, timingSafeEqual } from "node:crypto";

/** Seconds that one code stands for. */
export const stepSeconds = 30;
/** Bytes of a secret: as long as SHA-1's output, as RFC 4226 recommends. */
export const secretBytes = 20;
/** Steps before and after the present one whose codes count, for clocks that differ. */
const tolerance = 1;
const digits = 6;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The code of a time step (RFC 6238 with SHA-1 and six digits, which every authenticator app does). */
export function makeTotp(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", secret).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 0x0f;
  const number = (digest.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits;
  return String(number).padStart(digits, "0");
}

/** The newest time step around `seconds` (since 1970) whose code this is; null when it is none's. */
export function findTotpStep(secret: Buffer, code: string, seconds: number): number | null {
  const present = Math.floor(seconds / stepSeconds);
  const given = Buffer.from(code);
  let found: number | null = null;
  // Every step is looked at, so that the time taken does not tell which one it was.
  for (let step = present - tolerance; step <= present + tolerance; step += 1) {
    const expected = Buffer.from(makeTotp(secret, step));
    if (given.length === expected.length && timingSafeEqual(given, expected)) {
      found = step;
    }
  }
  return found;
}

/** The secret as people type it into an app: base32 without padding. */
export function encodeBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => alphabet[Number.parseInt(group.padEnd(5, "0"), 2)]).join("");
}

/** What an app reads from the picture. */
export function makeTotpUri(
  secret: Buffer,
  { issuer, account }: { issuer: string; account: string },
): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  const query = new URLSearchParams({ secret: encodeBase32(secret), issuer });
  return `otpauth://totp/${label}?${query.toString()}`;
}
