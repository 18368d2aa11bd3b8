import type { StatementRunner } from "../../platform/database/statement.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { appendAuditEntry } from "../audit/index.ts";
import { closedLetter } from "./letters.ts";
import { closeAccountStatement } from "./sql/close-account.ts";
import { endClosingStatement } from "./sql/end-closing.ts";
import { leaveOrganizationsStatement } from "./sql/leave-organizations.ts";
import type { ConcernedRow } from "./sql/list-concerned.ts";

/** A closing that everybody agreed to. */
export interface AgreedClosing {
  part: { closingId: string; accountId: string; name: string; email: string; organizationId: string | null };
  concerned: readonly ConcernedRow[];
  /** Null when somebody with a shell on the server decides. */
  deciderId: string | null;
  words: string | null;
}

/** Takes an account out of organizations; null for all. */
export async function leaveOrganizations(
  tx: StatementRunner,
  accountId: string,
  organizationIds: readonly string[] | null,
  deciderId: string | null,
): Promise<void> {
  await leaveOrganizationsStatement.run(tx, [accountId, organizationIds, deciderId]);
}

/**
 * Closes the account: at the commit nobody gets in, nobody is in any more, and it has no role, group or place on a site.
 * Needs the locks of organizations, sign-in and account. Every organization's log tells of it; who decided is told in
 * the decider's own organization alone.
 */
export async function closeAccount(
  tx: StatementRunner,
  outbox: Outbox,
  { concerned, deciderId, part, words }: AgreedClosing,
): Promise<void> {
  const { accountId, closingId, email } = part;
  await leaveOrganizations(tx, accountId, null, deciderId);
  const [ended] = await closeAccountStatement.run(tx, [accountId, closingId]);
  await endClosingStatement.run(tx, [closingId, "CLOSED"]);
  for (const { organizationId } of concerned) {
    await appendAuditEntry(tx, {
      organizationId,
      actorAccountId: organizationId === part.organizationId ? deciderId : null,
      action: "account.close",
      subjectType: "account",
      subjectId: accountId,
      summary: `The account of ${email} was closed, as its owner had asked`,
      after: { closingId, ...(organizationId === part.organizationId ? ended : {}) },
    });
  }
  await outbox.queue(tx, {
    purpose: "closing.closed",
    about: closingId,
    to: email,
    organizationId: null,
    accountId,
    letter: closedLetter(part, words),
  });
}
