import {
  auditAccount,
  consumeProof,
  endProofs,
  findProof,
  proveAccount,
  type EmailProof,
  type ProofPurpose,
  type ProvenAccount,
} from "../proof/index.ts";
import {
  endAccountSessions,
  findNewPasswordProblem,
  prepareNewPassword,
  setAccountPassword,
} from "../sign-in/index.ts";
import type { StatementRunner } from "../../platform/database/statement.ts";
import { inTransaction, onConnection } from "../../platform/database/pool-transaction.ts";
import { passwordSetLetter } from "./letters.ts";
import { deadLink, RecoveryFault } from "./recovery-fault.ts";
import type { RecoveryParts } from "./recovery-parts.ts";
import { findAccountStatement, type AccountRow } from "./sql/find-account.ts";
import { renameAccountStatement } from "./sql/rename-account.ts";
import { revokeApiTokensStatement } from "./sql/revoke-api-tokens.ts";

/** The proofs with which a password is set. */
export type PasswordPurpose = Extract<ProofPurpose, "RESET_PASSWORD" | "VERIFY_EMAIL" | "FINISH_ACCOUNT">;

/** What the page of a link sends. */
export interface NewPassword {
  secret: string;
  password: string;
  /** The person's name; null keeps the one there is. */
  name: string | null;
  /** Whether API tokens end as well. They do anyway with the first proof. */
  endTokens: boolean;
}

/** The open proof with its account; a fault when the link does not work, for whatever reason. */
export async function findLink(
  parts: Pick<RecoveryParts, "pool">,
  secret: string,
  purpose: ProofPurpose,
): Promise<{ proof: EmailProof; account: AccountRow }> {
  return onConnection(parts.pool, async (runner) => {
    const proof = await findProof(runner, secret, purpose);
    const [account] =
      proof?.accountId == null ? [] : await findAccountStatement.run(runner, [proof.accountId]);
    if (proof === null || account === undefined) {
      throw deadLink();
    }
    return { proof, account };
  });
}

/**
 * Sets a password with a link: the one way to reset it, to confirm the address of an account and to finish one. Ends
 * every session and every other link. Two tabs, two clicks: one gets it, the other is told that the link is used.
 * @returns the account that the password is for; the person signs in with it next
 */
export async function setPasswordByLink(
  parts: RecoveryParts,
  purpose: PasswordPurpose,
  given: NewPassword,
): Promise<{ email: string }> {
  const { proof } = await findLink(parts, given.secret, purpose);
  const accountId = proof.accountId ?? "";
  await insistOnGoodPassword(parts, accountId, given.password);
  const hash = await prepareNewPassword(given.password);
  return inTransaction(parts.pool, async (tx) => {
    const proven = await acceptLink(tx, parts, purpose, given.secret);
    const name = given.name ?? proven.name;
    await renameAccountStatement.run(tx, [accountId, name]);
    await setAccountPassword(tx, { id: accountId, name }, hash);
    await endAccountSessions(tx, accountId);
    await endProofs(tx, accountId);
    if (!proven.first) {
      await tellReset(tx, parts, { ...proven, name }, proof.id, given.endTokens);
    }
    return { email: proven.email };
  });
}

async function insistOnGoodPassword(
  { pool }: RecoveryParts,
  accountId: string,
  password: string,
): Promise<void> {
  const problem = await onConnection(pool, (runner) => findNewPasswordProblem(runner, accountId, password));
  if (problem !== null) {
    throw new RecoveryFault("PASSWORD_REFUSED", problem.message, { field: "password" });
  }
}

/** Uses the link up. A proven account has nothing to confirm or to finish: only a reset sets its password. */
async function acceptLink(
  tx: StatementRunner,
  { outbox }: RecoveryParts,
  purpose: PasswordPurpose,
  secret: string,
): Promise<ProvenAccount> {
  const proof = await consumeProof(tx, secret, purpose);
  const proven = proof === null ? null : await proveAccount(tx, { proof, outbox });
  if (proven === null || (!proven.first && purpose !== "RESET_PASSWORD")) {
    throw deadLink();
  }
  return proven;
}

async function tellReset(
  tx: StatementRunner,
  { outbox }: RecoveryParts,
  account: ProvenAccount,
  proofId: string,
  endTokens: boolean,
): Promise<void> {
  const { accountId, email } = account;
  const revoked = endTokens ? await revokeApiTokensStatement.run(tx, [accountId]) : [];
  await auditAccount(tx, accountId, {
    action: "account.reset_password",
    summary: `${email} set a new password with a link sent by mail`,
    after: { apiTokensRevoked: revoked.length },
  });
  await outbox.queue(tx, {
    purpose: "recovery.password_set",
    about: proofId,
    to: email,
    organizationId: null,
    accountId,
    letter: passwordSetLetter(account, endTokens),
  });
}
