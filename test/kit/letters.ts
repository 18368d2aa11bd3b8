import type { Pool } from "pg";
import { sealContext } from "../../packages/server/src/platform/mail/outbox.ts";
import type { SecretBox } from "../../packages/server/src/platform/secrets/secret-box.ts";

/** A mail in the outbox, opened. */
export interface OpenedLetter {
  purpose: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** Every mail to an address that waits in the outbox, oldest first. */
export async function readLetters(pool: Pool, secrets: SecretBox, to: string): Promise<OpenedLetter[]> {
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
    ...(JSON.parse(secrets.open(body, sealContext(message_id))) as { text: string; html: string }),
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
