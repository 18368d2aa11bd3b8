import type { StatementRunner } from "../../platform/database/statement.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import type { EmailProof } from "../proof/index.ts";
import { findPersonStatement } from "./sql/find-person.ts";
import { wipeUnprovenStatement } from "./sql/wipe-unproven.ts";

/**
 * Counts a proof for the account of its address, in the transaction that used it up. The first time, everything that
 * let anybody in before ends: whoever set a password without the mailbox may be somebody else (TRUST I4).
 * @returns whether it was the first proof; null when the account has another address
 */
export async function proveAccount(
  tx: StatementRunner,
  { accountId, proof }: { proof: EmailProof; outbox: Outbox; accountId: string },
): Promise<{ first: boolean } | null> {
  const [account] = await findPersonStatement.run(tx, [accountId]);
  if (account === undefined || account.email !== proof.email) {
    return null;
  }
  return { first: (await wipeUnprovenStatement.run(tx, [accountId])).length > 0 };
}
