import { randomUUID } from "node:crypto";
import type { StatementRunner } from "../database/statement.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import { renderLetter, type Letter, type LetterHead, type RenderedLetter } from "./letter.ts";
import { isPlainAddress } from "./mail-settings.ts";
import { mailChangedTopic, mailQueuedTopic } from "./mail-topics.ts";
import { plainLine } from "./plain-line.ts";
import { queueMailStatement } from "./sql/queue-mail.ts";

/** One mail. The same purpose, `about` and generation name the same mail: it is queued once however often it is asked for. */
export interface MailToQueue {
  /** A dotted word such as `proof.reset_password`. */
  purpose: string;
  /** Id of what it concerns: a proof, an item, a request. */
  about: string;
  /** 1 unless told; a resend is the next one. */
  generation?: number;
  /** Canonical address. */
  to: string;
  /** Null when it concerns no organization. */
  organizationId: string | null;
  /** The receiver's account, where there is one. */
  accountId: string | null;
  /** The proof whose link the letter holds: without it nobody can tell that the mail has become useless. */
  proofId?: string;
  letter: Letter;
}

/** Takes mail in the transaction that gives cause for it. A dispatcher sends it after the commit. */
export class Outbox {
  readonly #secrets: SecretBox;
  readonly #head: LetterHead;

  constructor(secrets: SecretBox, head: LetterHead) {
    this.#secrets = secrets;
    this.#head = head;
  }

  /**
   * Queues the mail, unless it was before.
   * @throws Error when `to` is anything but one plain address: callers pass canonical ones
   */
  async queue(em: StatementRunner, mail: MailToQueue): Promise<void> {
    if (!isPlainAddress(mail.to)) {
      throw new Error(`Mail for ${mail.purpose} was not queued: its receiver is not one canonical address.`);
    }
    const messageId = `<${randomUUID()}@${new URL(this.#head.baseUrl).hostname}>`;
    const { text, html } = renderLetter(mail.letter, this.#head);
    await queueMailStatement.run(em, [
      mail.purpose,
      mail.about,
      mail.generation ?? 1,
      mail.organizationId,
      mail.accountId,
      mail.to,
      plainLine(mail.letter.subject),
      this.#secrets.seal(JSON.stringify({ text, html }), sealContext(messageId)),
      messageId,
      [mailQueuedTopic, mailChangedTopic],
      mail.proofId ?? null,
    ]);
  }
}

/** Both parts of a mail again. @throws Error when it was sealed with another master key */
export function openBody(secrets: SecretBox, body: Uint8Array, messageId: string): RenderedLetter {
  return JSON.parse(secrets.open(body, sealContext(messageId))) as RenderedLetter;
}

/** What the body of a mail is sealed for. */
function sealContext(messageId: string): string {
  return `mail:${messageId}`;
}
