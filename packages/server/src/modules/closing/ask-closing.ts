import type { StatementRunner } from "../../platform/database/statement.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { appendAuditEntry } from "../audit/index.ts";
import { RecoveryFault } from "../recovery/index.ts";
import type { Actor } from "../sign-in/index.ts";
import {
  describeHandOver,
  describePerson,
  listConcerned,
  listHandOver,
  mostMailed,
  whoDecides,
} from "./closing-rules.ts";
import { askedLetter } from "./letters.ts";
import { addPartsStatement } from "./sql/add-parts.ts";
import { insertClosingStatement } from "./sql/insert-closing.ts";
import type { ConcernedRow } from "./sql/list-concerned.ts";
import { lockAccountStatement, type ClosingAccountRow } from "./sql/lock-account.ts";

/** Writes the request down and asks everybody who decides. The person has shown before that it is them. */
export async function askClosing(
  tx: StatementRunner,
  outbox: Outbox,
  actor: Actor,
  reason: string,
): Promise<void> {
  const [account] = await lockAccountStatement.run(tx, [actor.accountId]);
  if (account === undefined || account.closed) {
    throw new RecoveryFault("UNAUTHENTICATED", "Sign in first.");
  }
  insistOnPersonalAccount(account);
  const handOver = await listHandOver(tx, account.id);
  if (handOver.length > 0) {
    throw new RecoveryFault("HAND_OVER", `First: ${handOver.map(describeHandOver).join(" ")}`);
  }
  const [closing] = await insertClosingStatement.run(tx, [account.id, reason]);
  if (closing === undefined) {
    throw new RecoveryFault("ALREADY_ASKED", "You have asked already, and it waits.");
  }
  const concerned = await listConcerned(tx, account.id);
  await askOrganizations(tx, outbox, {
    closingId: closing.id,
    account,
    reason,
    organizations: whoDecides(concerned),
  });
  for (const { organizationId } of concerned) {
    await appendAuditEntry(tx, {
      organizationId,
      actorAccountId: account.id,
      action: "account.ask_closing",
      subjectType: "account",
      subjectId: account.id,
      summary: `${describePerson(account)} asked for their account to be closed`,
      after: { closingId: closing.id, reason },
    });
  }
}

/** Asks these organizations, where they were not asked before, and mails their admins. */
export async function askOrganizations(
  tx: StatementRunner,
  outbox: Outbox,
  wish: {
    closingId: string;
    account: { name: string; email: string };
    reason: string;
    organizations: readonly ConcernedRow[];
  },
): Promise<void> {
  const { account, closingId, organizations, reason } = wish;
  const ids = organizations.map(({ organizationId }) => organizationId);
  for (const part of await addPartsStatement.run(tx, [closingId, ids])) {
    const asked = organizations.find(({ organizationId }) => organizationId === part.organizationId);
    for (const admin of asked?.admins.slice(0, mostMailed) ?? []) {
      await outbox.queue(tx, {
        purpose: "closing.asked",
        about: `${part.id}.${admin.accountId}`,
        to: admin.email,
        organizationId: part.organizationId,
        accountId: admin.accountId,
        letter: askedLetter(account, asked?.organizationName ?? "", reason, admin),
      });
    }
  }
}

/** Programs and bots end otherwise: closing is what a person asks for. */
function insistOnPersonalAccount({ botOn, isService }: ClosingAccountRow): void {
  if (isService) {
    throw new RecoveryFault(
      "NOT_CLOSABLE",
      "This is a service account. An organization admin removes it under Service accounts.",
    );
  }
  if (botOn.length > 0) {
    throw new RecoveryFault(
      "NOT_CLOSABLE",
      `This account is marked as a bot on ${botOn.join(", ")}. Revoke its API tokens and have it deactivated there; or have the mark changed if a person uses it.`,
      { whoCanGrant: botOn.map((site) => `A site admin of ${site}`) },
    );
  }
}
