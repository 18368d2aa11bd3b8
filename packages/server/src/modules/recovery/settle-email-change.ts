import type { StatementRunner } from "../../platform/database/statement.ts";
import { auditAccount, consumeProof, endProofs } from "../proof/index.ts";
import { endAccountSessions, type Actor } from "../sign-in/index.ts";
import { inTransaction } from "../../platform/database/pool-transaction.ts";
import { addressLeftLetter } from "./letters.ts";
import { deadLink, RecoveryFault } from "./recovery-fault.ts";
import type { RecoveryParts } from "./recovery-parts.ts";
import { changeEmailStatement } from "./sql/change-email.ts";
import type { AccountRow } from "./sql/find-account.ts";
import { findShadowedSiteStatement } from "./sql/find-shadowed-site.ts";
import { lockAccountStatement } from "./sql/lock-account.ts";
import { recordWishStatement } from "./sql/record-wish.ts";

/**
 * Makes the change with the link that went to the new address. Account and sign-in change together, sessions other
 * than the one that is used here end, and so does every link to the old address.
 * @param sessionOf the account and session of who follows the link; null for nobody
 */
export async function confirmChange(
  { pool, outbox }: RecoveryParts,
  secret: string,
  sessionOf: Pick<Actor, "accountId" | "sessionId"> | null,
): Promise<{ email: string }> {
  return inTransaction(pool, async (tx) => {
    const proof = await consumeProof(tx, secret, "CHANGE_EMAIL");
    const [account] = proof === null ? [] : await lockAccountStatement.run(tx, [proof.accountId]);
    if (proof === null || account === undefined) {
      throw deadLink();
    }
    await refuseShadowing(tx, account.id, proof.email);
    await changeAddress(tx, account, proof.email, proof.id);
    await endProofs(tx, account.id);
    await endAccountSessions(
      tx,
      account.id,
      sessionOf?.accountId === account.id ? sessionOf.sessionId : null,
    );
    await auditAccount(tx, account.id, {
      action: "account.change_email",
      summary: `${account.email} signs in with ${proof.email} from now on`,
      before: { email: account.email },
      after: { email: proof.email },
    });
    await outbox.queue(tx, {
      purpose: "recovery.address_left",
      about: proof.id,
      to: account.email,
      organizationId: null,
      accountId: account.id,
      letter: addressLeftLetter(account, proof.email),
    });
    return { email: proof.email };
  });
}

/**
 * Stops the change with the link that went to the present address. Whoever asked for it was signed in and knew the
 * password, so sessions end and a link for a new password is on its way.
 */
export async function refuseChange({ pool }: RecoveryParts, secret: string): Promise<{ email: string }> {
  return inTransaction(pool, async (tx) => {
    const proof = await consumeProof(tx, secret, "CANCEL_EMAIL_CHANGE");
    const [account] = proof === null ? [] : await lockAccountStatement.run(tx, [proof.accountId]);
    if (proof === null || account?.email !== proof.email) {
      throw deadLink();
    }
    await endProofs(tx, account.id);
    await endAccountSessions(tx, account.id);
    await auditAccount(tx, account.id, {
      action: "account.refuse_email_change",
      summary: `The owner of ${account.email} stopped a change of the email and ended every session`,
    });
    await recordWishStatement.run(tx, ["RESET_PASSWORD", account.email]);
    return { email: account.email };
  });
}

/**
 * Where the account is on a site that knows the new address as a portal-only customer, the account would take its place
 * at sign-in and hide its requests. Said only here, to who has shown that the address is theirs.
 */
async function refuseShadowing(tx: StatementRunner, accountId: string, newEmail: string): Promise<void> {
  const [shadowed] = await findShadowedSiteStatement.run(tx, [accountId, newEmail]);
  if (shadowed !== undefined) {
    throw new RecoveryFault(
      "EMAIL_TAKEN",
      `${newEmail} is a portal-only account on ${shadowed.siteName}, where your account is too, and accounts are never merged. Ask its site admin to remove the portal-only account, or choose another address.`,
    );
  }
}

async function changeAddress(
  tx: StatementRunner,
  account: AccountRow,
  newEmail: string,
  proofId: string,
): Promise<void> {
  try {
    await changeEmailStatement.run(tx, [account.id, newEmail, proofId]);
  } catch (error) {
    const { constraint } = error as { constraint?: unknown };
    if (constraint === "account_email_key" || constraint === "auth_user_email_key") {
      throw new RecoveryFault(
        "EMAIL_TAKEN",
        `${newEmail} has an account of its own by now, and accounts are never merged. Sign in with it, or choose another address.`,
      );
    }
    throw error;
  }
}
