import type pg from "pg";
import { createSecretBox } from "../../packages/server/src/platform/secrets/secret-box.ts";
import { readLetters, type OpenedLetter } from "../kit/letters.ts";
import { until } from "../kit/world.ts";

/** The newest mail to an address with these words, once it is written. */
export async function waitForMail(
  outbox: { pool: pg.Pool; masterKey: Uint8Array },
  address: string,
  subject: string,
): Promise<OpenedLetter> {
  const secrets = createSecretBox(outbox.masterKey);
  let found: OpenedLetter | undefined;
  await until(async () => {
    const letters = await readLetters(outbox.pool, secrets, address);
    found = letters.findLast((letter) => letter.subject === subject);
    return found !== undefined;
  });
  if (found === undefined) {
    throw new Error(`No mail "${subject}" to ${address}`);
  }
  return found;
}

/** The first link in a letter; empty without one. */
export function linkIn(letter: OpenedLetter): string {
  return /http:\S+/.exec(letter.text)?.[0] ?? "";
}
