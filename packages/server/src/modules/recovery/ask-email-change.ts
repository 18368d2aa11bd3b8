import type { StatementRunner } from "../../platform/database/statement.ts";
import { canonicalizeEmail, listAdministrators } from "../directory/index.ts";
import { auditAccount, endProofs, issueProof } from "../proof/index.ts";
import { isOrganizationAdmin, type Actor } from "../sign-in/index.ts";
import { inTransaction, onConnection } from "../../platform/database/pool-transaction.ts";
import { insistOnPerson } from "./insist-on-person.ts";
import { addressLeavingLetter, addressTakenLetter, confirmAddressLetter } from "./letters.ts";
import { RecoveryFault } from "./recovery-fault.ts";
import type { RecoveryParts } from "./recovery-parts.ts";
import type { AccountRow } from "./sql/find-account.ts";
import { findClaimsStatement } from "./sql/find-claims.ts";
import { findPendingChangeStatement } from "./sql/find-pending-change.ts";
import { isAddressTakenStatement } from "./sql/is-address-taken.ts";
import { lockAccountStatement } from "./sql/lock-account.ts";

const changePurposes = ["CHANGE_EMAIL", "CANCEL_EMAIL_CHANGE"] as const;

/** A change that waits for the mail to the new address to be answered. */
export interface PendingChange {
  newEmail: string;
  askedAt: Date;
  expiresAt: Date;
}

/** What somebody asks for in their session. */
export interface ChangeWish {
  newEmail: string;
  password: string;
  /** Of an authenticator app; null when none was given. */
  code: string | null;
}

/** The account's pending change; null without one. */
export async function findPendingChange(
  { pool }: Pick<RecoveryParts, "pool">,
  accountId: string,
): Promise<PendingChange | null> {
  const [row] = await onConnection(pool, (runner) => findPendingChangeStatement.run(runner, [accountId]));
  return row === undefined
    ? null
    : { newEmail: row.newEmail, askedAt: new Date(row.askedAt), expiresAt: new Date(row.expiresAt) };
}

/**
 * Asks for another address: a link to the new one makes the change, a link to the present one stops it. The answer is
 * the same when the new address has an account already, which only a mail to that address tells.
 */
export async function askForChange(
  parts: RecoveryParts,
  actor: Actor,
  wish: ChangeWish,
): Promise<PendingChange> {
  const canonical = canonicalizeEmail(wish.newEmail);
  if (canonical.status !== "ok") {
    throw new RecoveryFault("BAD_INPUT", canonical.reason, { field: "newEmail" });
  }
  const newEmail = canonical.email;
  if (newEmail === actor.email) {
    throw new RecoveryFault("BAD_INPUT", "This is your email already. Enter another one.", {
      field: "newEmail",
    });
  }
  await onConnection(parts.pool, (runner) => refuseManaged(runner, actor, newEmail));
  await insistOnPerson(parts, actor.accountId, wish);
  await inTransaction(parts.pool, async (tx) => {
    const [account] = await lockAccountStatement.run(tx, [actor.accountId]);
    if (account === undefined || account.email !== actor.email) {
      throw new RecoveryFault("UNAUTHENTICATED", "Your email has just changed. Sign in again.");
    }
    await endProofs(tx, account.id, changePurposes);
    await writeBoth(tx, parts, account, newEmail);
    await auditAccount(tx, account.id, {
      action: "account.ask_email_change",
      summary: `${account.email} asked to sign in with ${newEmail}`,
    });
  });
  const pending = await findPendingChange(parts, actor.accountId);
  if (pending === null) {
    throw new Error("The change that was asked for is not pending");
  }
  return pending;
}

/** Drops the pending change of somebody who is signed in. */
export async function dropChange({ pool }: RecoveryParts, actor: Actor): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await lockAccountStatement.run(tx, [actor.accountId]);
    if ((await endProofs(tx, actor.accountId, changePurposes)) > 0) {
      await auditAccount(tx, actor.accountId, {
        action: "account.drop_email_change",
        summary: `${actor.email} keeps this email`,
      });
    }
  });
}

/** An organization manages the accounts under its domains: its admins change addresses from and to there, nobody else. */
async function refuseManaged(runner: StatementRunner, actor: Actor, newEmail: string): Promise<void> {
  const claims = await findClaimsStatement.run(runner, [[actor.email, newEmail]]);
  const claim = claims.find(({ organizationId }) => !isOrganizationAdmin(actor, organizationId));
  if (claim === undefined) {
    return;
  }
  const isOwn = claim.email === actor.email;
  const belongs = isOwn || actor.grants.some((grant) => grant.organizationId === claim.organizationId);
  const [names = []] = belongs
    ? await listAdministrators(runner, [{ organizationId: claim.organizationId, siteId: null }])
    : [];
  throw new RecoveryFault(
    "MANAGED",
    isOwn
      ? `Your account is managed by ${claim.organizationName}, to whom ${claim.domain} belongs. An organization admin there can change its email.`
      : `Addresses at ${claim.domain} are managed by ${claim.organizationName}. An organization admin there can give you one.`,
    { field: "newEmail", whoCanGrant: names.length > 0 ? names : [`An admin of ${claim.organizationName}`] },
  );
}

async function writeBoth(
  tx: StatementRunner,
  { outbox }: RecoveryParts,
  account: AccountRow,
  newEmail: string,
): Promise<void> {
  const proofOfNew = await issueProof(tx, {
    purpose: "CHANGE_EMAIL",
    email: newEmail,
    accountId: account.id,
    createdBy: account.id,
  });
  const stop = await issueProof(tx, {
    purpose: "CANCEL_EMAIL_CHANGE",
    email: account.email,
    accountId: account.id,
    createdBy: account.id,
  });
  const [address] = await isAddressTakenStatement.run(tx, [newEmail]);
  const shared = { organizationId: null, accountId: account.id };
  await outbox.queue(tx, {
    ...shared,
    purpose: "proof.change_email",
    about: proofOfNew.proof.id,
    proofId: proofOfNew.proof.id,
    to: newEmail,
    letter:
      address?.taken === true
        ? addressTakenLetter(newEmail)
        : confirmAddressLetter(account, newEmail, proofOfNew.secret),
  });
  await outbox.queue(tx, {
    ...shared,
    purpose: "proof.cancel_email_change",
    about: stop.proof.id,
    proofId: stop.proof.id,
    to: account.email,
    letter: addressLeavingLetter(account, newEmail, stop.secret),
  });
}
