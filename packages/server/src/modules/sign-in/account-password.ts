import type { StatementRunner } from "../../platform/database/statement.ts";
import { hashOfNobody, hashPassword, verifyPassword } from "./password/password-hash.ts";
import { endSignInsStatement } from "./sql/end-sign-ins.ts";
import { findPasswordStatement } from "./sql/find-password.ts";
import { lockPersonOfAccountStatement } from "./sql/lock-person-of-account.ts";
import { setPasswordStatement } from "./sql/set-password.ts";

/** A password made ready for storing, outside of any transaction: hashing takes its time. */
export type HashedPassword = string & { readonly hashed: unique symbol };

/**
 * Hashes a new password.
 * @throws PasswordQueueFullError when too many checks already wait
 */
export async function prepareNewPassword(password: string): Promise<HashedPassword> {
  return (await hashPassword(password)) as HashedPassword;
}

/** Gives the account this password, and a sign-in where it has none. Its sessions go on; see endAccountSessions. */
export async function setAccountPassword(
  tx: StatementRunner,
  account: { id: string; name: string },
  password: HashedPassword,
): Promise<void> {
  await setPasswordStatement.run(tx, [account.id, account.name, password]);
}

/**
 * Whether this is the account's password. Costs the same for an account without one.
 * @throws PasswordQueueFullError when too many checks already wait
 */
export async function isAccountPassword(
  runner: StatementRunner,
  accountId: string,
  password: string,
): Promise<boolean> {
  const [found] = await findPasswordStatement.run(runner, [accountId]);
  const isRight = await verifyPassword({ hash: found?.password ?? hashOfNobody, password });
  return found !== undefined && isRight;
}

/** Takes the lock of whatever begins, ends or guards a sign-in; nothing where the account has none. */
export async function lockPersonOfAccount(tx: StatementRunner, accountId: string): Promise<void> {
  await lockPersonOfAccountStatement.run(tx, [accountId]);
}

/**
 * Ends the account's sessions, but for one if wanted, and with them remembered browsers and sign-ins under way; sockets
 * close within seconds. Returns how many sessions.
 */
export async function endAccountSessions(
  tx: StatementRunner,
  accountId: string,
  exceptId: string | null = null,
): Promise<number> {
  const [person] = await lockPersonOfAccountStatement.run(tx, [accountId]);
  if (person === undefined) {
    return 0;
  }
  const [ended] = await endSignInsStatement.run(tx, [person.user_id, exceptId]);
  return ended?.sessions ?? 0;
}
