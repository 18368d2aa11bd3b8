/**
 * Everything the demo draws is a function of (seed, index, purpose), never of what was drawn before. So any
 * person can be made on their own, files agree without holding anyone in memory, and order does not matter.
 */

/** An evenly spread whole number from 0 to 2^32 - 1. The same arguments always give the same number. */
export function drawNumber(seed: number, index: number, purpose: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b1, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
  hash = mix(hash ^ Math.imul(purpose + 1, 0x27d4eb2f));
  return mix(hash + index);
}

/** A whole number from 0 to below - 1. */
export function drawBelow(below: number, seed: number, index: number, purpose: number): number {
  return Math.floor((drawNumber(seed, index, purpose) / 0x1_0000_0000) * below);
}

/** True for about `share` (0 to 1) of all indexes. */
export function drawChance(share: number, seed: number, index: number, purpose: number): boolean {
  return drawNumber(seed, index, purpose) < share * 0x1_0000_0000;
}

/** One of the choices. */
export function drawOne<T>(choices: readonly T[], seed: number, index: number, purpose: number): T {
  return choices[drawBelow(choices.length, seed, index, purpose)] as T;
}

/**
 * Sends each index from 0 to size - 1 to another one, no two to the same: a shuffle without a list.
 * A Feistel network over the next even power of two, repeated until it lands inside.
 */
export function permute(index: number, size: number, seed: number): number {
  if (size < 2) return 0;
  const halfBits = Math.max(1, Math.ceil(Math.log2(size) / 2));
  const mask = 2 ** halfBits - 1;
  let at = index;
  do {
    let left = Math.floor(at / (mask + 1));
    let right = at & mask;
    for (let round = 0; round < 4; round++) {
      const next = left ^ (drawNumber(seed, right, round) & mask);
      left = right;
      right = next;
    }
    at = left * (mask + 1) + right;
  } while (at >= size);
  return at;
}

function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
