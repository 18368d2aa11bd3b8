import { pbkdf2, scrypt, timingSafeEqual } from "node:crypto";
import { verify as verifyBcrypt } from "@node-rs/bcrypt";
import { deriveArgon2, parseArgon2 } from "./argon2.ts";

/** A stored hash that can be checked: takes the password as bytes would be hashed by whoever made the hash. */
export interface UsableHash {
  check(message: string): Promise<boolean>;
}

/** Why a stored hash cannot be used. */
export type UnusableHash = "unknown format" | "too costly";

const bcryptText = /^\$2[aby]\$(\d{2})\$[./A-Za-z0-9]{53}$/;
const scryptText =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;
// passlib writes "." for "+" and the rounds alone; the PHC form names them.
const pbkdf2Text =
  /^\$pbkdf2(-sha256|-sha512|-sha1)?\$(?:i=)?(\d{1,9})(?:,l=\d{1,3})?\$([A-Za-z0-9+/.]{2,172})\$([A-Za-z0-9+/.]{22,86})$/;
const djangoText = /^pbkdf2_(sha256|sha1)\$(\d{1,9})\$([^$]{1,128})\$([A-Za-z0-9+/]{22,86}={0,2})$/;

/** 2^14 rounds are about a second. */
const mostBcryptCost = 14;
/** N·r·p; twice what OWASP recommends. */
const mostScryptWork = 2 ** 21;
const mostScryptMemory = 256 * 1024 * 1024;
/** Iterations times blocks of output, about a second. */
const mostPbkdf2Work = 2_000_000;
const digestBytes: Record<string, number> = { sha1: 20, sha256: 32, sha512: 64 };

/**
 * Reads a password hash of ours or of another system: argon2id and argon2i, bcrypt ($2a, $2b, $2y), scrypt, PBKDF2 as
 * passlib and Django write it. What a check of it may cost is bounded, because a damaged or hostile row must not take
 * the machine.
 */
export function readStoredHash(text: string): UsableHash | UnusableHash {
  return readArgon2(text) ?? readBcrypt(text) ?? readScrypt(text) ?? readPbkdf2(text) ?? "unknown format";
}

function readArgon2(text: string): UsableHash | UnusableHash | null {
  const stored = parseArgon2(text);
  if (stored === null || stored === "costly") {
    return stored === null ? null : "too costly";
  }
  return {
    check: async (message) =>
      timingSafeEqual(await deriveArgon2(message, stored, stored.tag.length), stored.tag),
  };
}

function readBcrypt(text: string): UsableHash | UnusableHash | null {
  const cost = Number(bcryptText.exec(text)?.[1] ?? Number.NaN);
  if (!(cost >= 4)) {
    return null;
  }
  return cost > mostBcryptCost ? "too costly" : { check: (message) => verifyBcrypt(message, text) };
}

function readScrypt(text: string): UsableHash | UnusableHash | null {
  const [, logOfCost, blockSize, parallelization, salt, tag] = scryptText.exec(text) ?? [];
  if (salt === undefined || tag === undefined) {
    return null;
  }
  const N = 2 ** Number(logOfCost);
  const r = Number(blockSize);
  const p = Number(parallelization);
  if (N < 2 || r < 1 || p < 1) {
    return null;
  }
  if (N * r * p > mostScryptWork || 128 * N * r > mostScryptMemory) {
    return "too costly";
  }
  const options = { N, r, p, maxmem: 128 * r * (N + p + 2) + 1024 };
  const expected = Buffer.from(tag, "base64");
  return {
    check: (message) =>
      new Promise((resolve, reject) => {
        scrypt(message, Buffer.from(salt, "base64"), expected.length, options, (error, key) =>
          error === null ? resolve(timingSafeEqual(key, expected)) : reject(error),
        );
      }),
  };
}

function readPbkdf2(text: string): UsableHash | UnusableHash | null {
  const django = djangoText.exec(text);
  const [, name, rounds, salt, tag] = django ?? pbkdf2Text.exec(text) ?? [];
  if (salt === undefined || tag === undefined) {
    return null;
  }
  const digest = name?.replace("-", "") ?? "sha1";
  const expected = decodeAdapted(tag);
  const iterations = Number(rounds);
  if (iterations < 1 || expected.length < 16) {
    return null;
  }
  if (iterations * Math.ceil(expected.length / (digestBytes[digest] ?? 1)) > mostPbkdf2Work) {
    return "too costly";
  }
  // Django hashes with its salt as it is written; the others write bytes.
  const saltBytes = django === null ? decodeAdapted(salt) : Buffer.from(salt, "utf8");
  return {
    check: (message) =>
      new Promise((resolve, reject) => {
        pbkdf2(message, saltBytes, iterations, expected.length, digest, (error, key) =>
          error === null ? resolve(timingSafeEqual(key, expected)) : reject(error),
        );
      }),
  };
}

function decodeAdapted(text: string): Buffer {
  return Buffer.from(text.replaceAll(".", "+"), "base64");
}
