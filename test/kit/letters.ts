import type { Pool } from "pg";
import { openBody } from "../../packages/server/src/platform/mail/outbox.ts";
import { createSecretBox, type SecretBox } from "../../packages/server/src/platform/secrets/secret-box.ts";

/** A mail in the outbox, opened. */
export interface OpenedLetter {
  purpose: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** Every mail to an address that waits in the outbox, oldest first. */
export async function readLetters(
  pool: Pick<Pool, "query">,
  secrets: SecretBox,
  to: string,
): Promise<OpenedLetter[]> {
  const { rows } = await pool.query<{
    purpose: string;
    to_address: string;
    subject: string;
    body: Buffer;
    message_id: string;
  }>("select * from mail_outbox where to_address = $1 and body is not null order by id", [to]);
  return rows.map(({ purpose, to_address, subject, body, message_id }) => ({
    purpose,
    to: to_address,
    subject,
    ...openBody(secrets, body, message_id),
  }));
}

/** The secret in the link of a letter; fails for a letter without one. */
export function secretIn(letter: OpenedLetter | undefined): string {
  const secret = /\/[\w-]+\/([\w-]{43})\b/.exec(letter?.text ?? "")?.[1];
  if (secret === undefined) {
    throw new Error(`No link in ${JSON.stringify(letter)}`);
  }
  return secret;
}

/**
 * The links in mails to an address, the oldest first: opened with the master key, as the dispatcher does.
 * @param path how they begin, such as `/invitation/`
 */
export async function readMailLinks(
  pool: Pick<Pool, "query">,
  masterKey: Uint8Array,
  address: string,
  path: string,
): Promise<string[]> {
  const letters = await readLetters(pool, createSecretBox(masterKey), address);
  return letters.flatMap(({ text }) => {
    const at = text.indexOf(path);
    return at === -1 ? [] : [/^[A-Za-z0-9_/-]+/.exec(text.slice(at))?.[0] ?? ""];
  });
}
