import type { EntityManager } from "../../platform/database/orm.ts";
import type { StatementRunner } from "../../platform/database/statement.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { orRefused, refuse, type Refused } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import { insistOnOrganizationAdmin } from "../directory/index.ts";
import { issueProof } from "../proof/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { describePerson } from "./closing-rules.ts";
import { reopenedLetter } from "./letters.ts";
import { findClosedStatement, type ClosedAccountRow } from "./sql/find-closed.ts";
import { lockAccountStatement } from "./sql/lock-account.ts";
import { reopenAccountStatement } from "./sql/reopen-account.ts";

/** Whether the organization may open the account again: the one that manages its address, else each that agreed. */
export function mayReopen({ agreedIds, managerId }: ClosedAccountRow, organizationId: string): boolean {
  return managerId === null ? agreedIds.includes(organizationId) : managerId === organizationId;
}

/**
 * Opens a closed account again, for an organization admin who answers for it being the same person. It comes back empty
 * and unproven: a link goes to its address, and whoever reads that mail sets a password. Returns the account's id.
 */
export async function reopenAccount(
  em: EntityManager,
  outbox: Outbox,
  actor: Actor,
  { accountId, organizationId }: { accountId: string; organizationId: string },
): Promise<string | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      await insistOnOrganizationAdmin(tx, actor, organizationId, "Opening a closed account again");
      await lockAccountStatement.run(tx, [accountId]);
      const [closed] = await findClosedStatement.run(tx, [[accountId]]);
      if (closed === undefined || !mayReopen(closed, organizationId)) {
        throw notFound();
      }
      await openAgain(tx, outbox, closed, { id: actor.accountId, words: describePerson(actor) });
      await appendAuditEntry(tx, {
        organizationId,
        actorAccountId: actor.accountId,
        action: "account.reopen",
        subjectType: "account",
        subjectId: accountId,
        summary: `${describePerson(actor)} opened the account of ${closed.email} again`,
        before: { closingId: closed.closingId },
      });
      return accountId;
    }),
  );
}

/** Opens it and mails the link. Needs the lock of the account. */
export async function openAgain(
  tx: StatementRunner,
  outbox: Outbox,
  closed: ClosedAccountRow,
  byWhom: { id: string | null; words: string },
): Promise<void> {
  const { accountId, email } = closed;
  if ((await reopenAccountStatement.run(tx, [accountId, byWhom.id])).length === 0) {
    refuse("ALREADY_DONE", `The account of ${email} is open already.`);
  }
  const { proof, secret } = await issueProof(tx, {
    purpose: "FINISH_ACCOUNT",
    email,
    accountId,
    createdBy: byWhom.id,
  });
  await outbox.queue(tx, {
    purpose: "closing.reopened",
    about: proof.id,
    proofId: proof.id,
    to: email,
    organizationId: null,
    accountId,
    letter: reopenedLetter(closed, byWhom.words, secret),
  });
}
