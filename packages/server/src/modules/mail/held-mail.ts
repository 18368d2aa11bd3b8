import type { StatementRunner } from "../../platform/database/statement.ts";
import { announce } from "../../platform/events/announce.ts";
import { mailChangedTopic, mailQueuedTopic } from "../../platform/mail/mail-topics.ts";
import { appendAuditEntry } from "../audit/index.ts";
import { sayMails } from "./mail-words.ts";
import { countHeldStatement, type HeldMail } from "./sql/count-held.ts";
import { decideHeldStatement, type DecidedMail } from "./sql/decide-held.ts";
import { holdRestoredStatement } from "./sql/hold-restored.ts";
import { knowsHeldMailStatement } from "./sql/knows-held-mail.ts";

/** What is decided about held mail, and by whom. */
export interface HeldDecision {
  /** Null for every organization and for mail of none; operators only. */
  organizationId: string | null;
  /** Null for all of it. */
  mailId: string | null;
  decision: "release" | "discard";
  /** Whether mail whose link leads nowhere any more is released too. */
  includeEndedLinks: boolean;
  /** Null for the operator at the command line. */
  by: { accountId: string; name: string } | null;
}

/** How much mail of the organization is held, null for all; and how much of it brings a dead link. */
export async function countHeld(em: StatementRunner, organizationId: string | null): Promise<HeldMail> {
  const [counted] = await countHeldStatement.run(em, [organizationId]);
  return counted ?? { held: 0, linkEnded: 0 };
}

/** Lets held mail go or discards it; each organization's log says so. Returns how many. Needs a transaction. */
export async function decideHeld(tx: StatementRunner, decision: HeldDecision): Promise<number> {
  const isRelease = decision.decision === "release";
  const decided = await decideHeldStatement.run(tx, [
    decision.organizationId,
    decision.mailId,
    // Discarding is about all of it.
    decision.includeEndedLinks || !isRelease,
    isRelease,
  ]);
  const who = decision.by?.name ?? "The operator";
  await appendEntries(tx, decided, {
    actorAccountId: decision.by?.accountId ?? null,
    action: isRelease ? "mail.release" : "mail.discard",
    say: (mails) => `${who} ${isRelease ? "let held mail go" : "discarded held mail"}: ${sayMails(mails)}`,
  });
  await announce(tx, [mailQueuedTopic, mailChangedTopic]);
  return total(decided);
}

/**
 * After a restore: what waits to be sent may have been sent since the backup, so a person decides. Each
 * organization's log says so once. Returns how many. Needs a transaction.
 */
export async function holdRestoredMail(tx: StatementRunner): Promise<number> {
  const [schema] = await knowsHeldMailStatement.run(tx);
  if (schema?.known !== true) {
    return 0;
  }
  const held = await holdRestoredStatement.run(tx);
  await appendEntries(tx, held, {
    actorAccountId: null,
    action: "mail.hold_restored",
    say: (mails) =>
      `${sayMails(mails)} held: the database was restored from a backup, and it may have been sent before. Release or discard it.`,
  });
  return total(held);
}

async function appendEntries(
  tx: StatementRunner,
  decided: readonly DecidedMail[],
  entry: { actorAccountId: string | null; action: string; say: (mails: number) => string },
): Promise<void> {
  for (const { organizationId, mails } of decided) {
    if (organizationId !== null) {
      await appendAuditEntry(tx, {
        organizationId,
        actorAccountId: entry.actorAccountId,
        action: entry.action,
        subjectType: "organization",
        subjectId: organizationId,
        summary: entry.say(mails),
        after: { mails },
      });
    }
  }
}

function total(decided: readonly DecidedMail[]): number {
  return decided.reduce((sum, { mails }) => sum + mails, 0);
}
