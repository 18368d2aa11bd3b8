import { argon2 } from "node:crypto";

/** What an argon2 hash costs; `memory` in KiB. */
export interface Argon2Cost {
  memory: number;
  passes: number;
  parallelism: number;
}

/** A stored argon2 hash, taken apart. */
export interface Argon2Hash {
  algorithm: "argon2id" | "argon2i";
  cost: Argon2Cost;
  salt: Buffer;
  tag: Buffer;
}

/** Bounds on what a stored hash may ask for, so that a damaged row cannot take the whole memory. */
const ceiling: Argon2Cost = { memory: 262_144, passes: 16, parallelism: 8 };
/** KiB times passes, about a second: what one check may take of the machine. */
const mostWork = 1_048_576;

const phc =
  /^\$(argon2id|argon2i)\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/** The parts of a PHC string; "costly" when it asks for more than one check may take, null in any other format. */
export function parseArgon2(text: string): Argon2Hash | "costly" | null {
  const [, algorithm, memory, passes, parallelism, salt, tag] = phc.exec(text) ?? [];
  if ((algorithm !== "argon2id" && algorithm !== "argon2i") || salt === undefined || tag === undefined) {
    return null;
  }
  const cost: Argon2Cost = {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  };
  const isPossible = cost.passes >= 1 && cost.parallelism >= 1 && cost.memory >= 8 * cost.parallelism;
  if (!isPossible) {
    return null;
  }
  const isBounded =
    cost.memory <= ceiling.memory &&
    cost.passes <= ceiling.passes &&
    cost.parallelism <= ceiling.parallelism &&
    cost.memory * cost.passes <= mostWork;
  return isBounded
    ? { algorithm, cost, salt: Buffer.from(salt, "base64"), tag: Buffer.from(tag, "base64") }
    : "costly";
}

/** The hash as a PHC string. */
export function formatArgon2({ algorithm, cost, salt, tag }: Argon2Hash): string {
  const { memory, passes, parallelism } = cost;
  return `$${algorithm}$v=19$m=${memory},t=${passes},p=${parallelism}$${encode(salt)}$${encode(tag)}`;
}

/** The tag of the message under the hash's own salt and cost. */
export function deriveArgon2(
  message: string,
  { algorithm, cost, salt }: Omit<Argon2Hash, "tag">,
  tagLength: number,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2(algorithm, { message, nonce: salt, ...cost, tagLength }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

function encode(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("=", "");
}
