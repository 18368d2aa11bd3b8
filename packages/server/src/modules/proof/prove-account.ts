import type { StatementRunner } from "../../platform/database/statement.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { appendAuditEntry } from "../audit/index.ts";
import type { EmailProof } from "./email-proof.ts";
import { endProofsStatement } from "./sql/end-proofs.ts";
import { listConcernedStatement } from "./sql/list-concerned.ts";
import { lockProvableStatement } from "./sql/lock-provable.ts";
import { markProvenStatement } from "./sql/mark-proven.ts";
import { wipeAccountStatement } from "./sql/wipe-account.ts";

/** An account whose address is proven. */
export interface ProvenAccount {
  accountId: string;
  email: string;
  name: string;
  /** Whether this was the first proof, which removes every way in from before. */
  first: boolean;
}

/** A change to an account as the logs of the organizations concerned tell it. */
interface AccountChange {
  action: string;
  summary: string;
  before?: unknown;
  after?: unknown;
}

/**
 * Counts a proof for its account, in the transaction that used it up; everything that accepts a proof of an account's
 * address goes through here. The first one makes the account its owner's: whatever anybody set up before is removed
 * (TRUST I4), and only what the person sets afterwards, in the same transaction, is there.
 * @param accountId needed where the proof was made before the account; it is bound to it from now on
 * @returns null when the proof is not of this transaction, or not for this account and its present address: treat the
 * link as one that does not work
 */
export async function proveAccount(
  tx: StatementRunner,
  {
    proof,
    outbox,
    accountId = proof.accountId,
  }: { proof: EmailProof; outbox: Outbox; accountId?: string | null },
): Promise<ProvenAccount | null> {
  const [account] = await lockProvableStatement.run(tx, [accountId, proof.id]);
  if (account === undefined) {
    return null;
  }
  const proven = { accountId: account.id, email: account.email, name: account.name, first: !account.proven };
  if (account.proven) {
    return proven;
  }
  const [removed] = await wipeAccountStatement.run(tx, [account.id]);
  await markProvenStatement.run(tx, [account.id, proof.id]);
  await auditAccount(tx, account.id, {
    action: "account.prove",
    summary: `${account.email} was confirmed; what had been set up before was removed`,
    after: removed,
  });
  await outbox.queue(tx, {
    purpose: "account.proven",
    about: account.id,
    to: account.email,
    organizationId: null,
    accountId: account.id,
    letter: describeFirstProof(account),
  });
  return proven;
}

/** Writes a change to the account, made by its owner, into the log of every organization where it has a role or a site. */
export async function auditAccount(
  tx: StatementRunner,
  accountId: string,
  change: AccountChange,
): Promise<void> {
  for (const { organizationId } of await listConcernedStatement.run(tx, [accountId])) {
    await appendAuditEntry(tx, {
      organizationId,
      actorAccountId: accountId,
      subjectType: "account",
      subjectId: accountId,
      ...change,
    });
  }
}

/** Ends the account's open proofs of these purposes, of every purpose when none are named. */
export async function endProofs(
  tx: StatementRunner,
  accountId: string,
  purposes: readonly EmailProof["purpose"][] | null = null,
): Promise<number> {
  return (await endProofsStatement.run(tx, [accountId, purposes])).length;
}

function describeFirstProof(account: { name: string; email: string }) {
  return {
    subject: "Your account is now yours",
    name: account.name,
    paragraphs: [
      `You have confirmed ${account.email}. From now on only you can sign in to this account.`,
      "Whatever had been set up before was removed: passwords, passkeys, codes of an authenticator app, sessions and API tokens. Your sites and roles are as they were.",
    ],
    action: { label: "Sign in", path: "/sign-in" },
    reason:
      "You get this mail because the address was confirmed with a link sent to it. If that was not you, set a new password at once.",
  };
}
