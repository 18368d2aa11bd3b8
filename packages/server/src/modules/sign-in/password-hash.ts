import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { createPasswordQueue } from "./password-queue.ts";

/** Shortest password accepted where no second factor is asked for (ASVS 5.0, 6.2.1). In UTF-16 code units. */
export const minPasswordLength = 15;
/** Longest password accepted. In UTF-16 code units. */
export const maxPasswordLength = 128;

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const cost: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
const saltBytes = 16;
const tagBytes = 32;

/** Bounds on what a stored hash may ask for, so that a damaged row cannot take the whole memory. */
const ceiling: Cost = { memory: 262_144, passes: 16, parallelism: 8 };

/** `memory` in KiB. */
interface Cost {
  memory: number;
  passes: number;
  parallelism: number;
}

// Two at once: each takes 19 MiB and one of the four threads that files and DNS need as well.
const queue = createPasswordQueue({ running: 2, waiting: 100 });

const phc =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/**
 * A hash no password has. Checking against it costs what a real check costs, so an unknown address takes as
 * long to refuse as a wrong password.
 */
export const hashOfNobody = formatPhc(cost, Buffer.alloc(saltBytes), Buffer.alloc(tagBytes));

/**
 * Hashes a password for storage.
 * @returns a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`
 * @throws PasswordQueueFullError when too many checks already wait
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  return formatPhc(cost, salt, await derive(password, salt, cost, tagBytes));
}

/**
 * Whether the password is the one behind the stored PHC string; false for a string in any other format.
 * @throws PasswordQueueFullError when too many checks already wait
 */
export async function verifyPassword({
  hash,
  password,
}: {
  hash: string;
  password: string;
}): Promise<boolean> {
  const stored = parsePhc(hash);
  if (stored === null) {
    return false;
  }
  const derived = await derive(password, stored.salt, stored.cost, stored.tag.length);
  return timingSafeEqual(derived, stored.tag);
}

function derive(
  password: string,
  salt: Buffer,
  { memory, passes, parallelism }: Cost,
  tagLength: number,
): Promise<Buffer> {
  // Keyboards differ in how they compose letters such as é; one form makes the same password the same bytes.
  const message = password.normalize("NFC");
  return queue.run(
    () =>
      new Promise((resolve, reject) => {
        argon2("argon2id", { message, nonce: salt, memory, passes, parallelism, tagLength }, (error, key) =>
          error === null ? resolve(key) : reject(error),
        );
      }),
  );
}

function formatPhc({ memory, passes, parallelism }: Cost, salt: Buffer, tag: Buffer): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${encode(salt)}$${encode(tag)}`;
}

function parsePhc(text: string): { cost: Cost; salt: Buffer; tag: Buffer } | null {
  const [, memory, passes, parallelism, salt, tag] = phc.exec(text) ?? [];
  if (salt === undefined || tag === undefined) {
    return null;
  }
  const stored: Cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const isBounded =
    stored.memory <= ceiling.memory &&
    stored.passes <= ceiling.passes &&
    stored.parallelism <= ceiling.parallelism;
  const isPossible = stored.passes >= 1 && stored.parallelism >= 1 && stored.memory >= 8 * stored.parallelism;
  if (!isBounded || !isPossible) {
    return null;
  }
  return { cost: stored, salt: Buffer.from(salt, "base64"), tag: Buffer.from(tag, "base64") };
}

function encode(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("=", "");
}
