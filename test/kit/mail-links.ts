import type { Pool } from "pg";
import { sealContext } from "../../packages/server/src/platform/mail/outbox.ts";
import { createSecretBox } from "../../packages/server/src/platform/secrets/secret-box.ts";

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
  const { rows } = await pool.query<{ body: Buffer; message_id: string }>(
    "select body, message_id from mail_outbox where to_address = $1 and body is not null order by id",
    [address],
  );
  const box = createSecretBox(masterKey);
  return rows.flatMap(({ body, message_id: messageId }) => {
    const { text } = JSON.parse(box.open(body, sealContext(messageId))) as { text: string };
    const at = text.indexOf(path);
    return at === -1 ? [] : [/^[A-Za-z0-9_/-]+/.exec(text.slice(at))?.[0] ?? ""];
  });
}
