import type { StatementRunner } from "../../platform/database/statement.ts";
import { lockPersonOfAccountStatement } from "./sql/lock-person-of-account.ts";
import { removeWaysInStatement } from "./sql/remove-ways-in.ts";

/** How many ways in were removed. */
export interface RemovedWaysIn {
  passwords: number;
  passkeys: number;
  twoSteps: number;
  sessions: number;
}

/**
 * Removes every way into an account: password, passkeys, second step with its recovery codes, remembered browsers,
 * sessions, sign-ins under way. For the first proof that somebody controls the address (TRUST I4): whatever is older may
 * have been set by somebody else. Needs the transaction of that proof; API tokens are the caller's to revoke.
 */
export async function removeWaysIn(tx: StatementRunner, accountId: string): Promise<RemovedWaysIn> {
  const [person] = await lockPersonOfAccountStatement.run(tx, [accountId]);
  const [removed] = person === undefined ? [] : await removeWaysInStatement.run(tx, [person.user_id]);
  return {
    passwords: removed?.passwords ?? 0,
    passkeys: removed?.passkeys ?? 0,
    twoSteps: removed?.two_steps ?? 0,
    sessions: removed?.sessions ?? 0,
  };
}
