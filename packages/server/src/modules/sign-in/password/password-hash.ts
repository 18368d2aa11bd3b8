import { randomBytes } from "node:crypto";
import { deriveArgon2, formatArgon2, type Argon2Cost } from "./argon2.ts";
import { createPasswordQueue } from "./password-queue.ts";
import { readStoredHash } from "./stored-hash.ts";

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const cost: Argon2Cost = { memory: 19_456, passes: 2, parallelism: 1 };
const saltBytes = 16;
const tagBytes = 32;

// Two at once: each takes 19 MiB and one of the four threads that files and DNS need as well.
const queue = createPasswordQueue({ running: 2, waiting: 100 });

/**
 * A hash no password has. Checking against it costs what a real check costs, so an unknown address takes as
 * long to refuse as a wrong password.
 */
export const hashOfNobody = formatArgon2({
  algorithm: "argon2id",
  cost,
  salt: Buffer.alloc(saltBytes),
  tag: Buffer.alloc(tagBytes),
});

/** How every hash of ours begins; one that begins otherwise is made anew at the next sign-in. */
const ourBeginning = hashOfNobody.slice(0, hashOfNobody.indexOf("p=1$") + 4);

/**
 * Hashes a password for storage.
 * @returns a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`
 * @throws PasswordQueueFullError when too many checks already wait
 */
export async function hashPassword(password: string): Promise<string> {
  const hash = { algorithm: "argon2id", cost, salt: randomBytes(saltBytes) } as const;
  const tag = await queue.run(() => deriveArgon2(toMessage(password), hash, tagBytes));
  return formatArgon2({ ...hash, tag });
}

/**
 * Whether the password is the one behind the stored hash, of ours or of another system; false for a hash that cannot
 * be read or would cost too much.
 * @throws PasswordQueueFullError when too many checks already wait
 */
export async function verifyPassword({
  hash,
  password,
}: {
  hash: string;
  password: string;
}): Promise<boolean> {
  const stored = readStoredHash(hash);
  return typeof stored === "string" ? false : queue.run(() => stored.check(toMessage(password)));
}

/** Whether the hash is another system's, or of an older cost, and is to be replaced by one of ours. */
export function needsRehash(hash: string): boolean {
  return !hash.startsWith(ourBeginning);
}

/** Keyboards differ in how they compose letters such as é; one form makes the same password the same bytes. */
function toMessage(password: string): string {
  return password.normalize("NFC");
}
