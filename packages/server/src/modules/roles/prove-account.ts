import type { StatementRunner } from "../../platform/database/statement.ts";
import { wipeUnprovenStatement } from "./sql/wipe-unproven.ts";

/**
 * Says that control of the account's address was proven just now. The first time, everything that let anybody in before
 * ends: whoever set a password without the mailbox may be somebody else (TRUST I4).
 * @returns whether it was the first proof
 */
export async function proveAccount(tx: StatementRunner, accountId: string): Promise<boolean> {
  return (await wipeUnprovenStatement.run(tx, [accountId])).length > 0;
}
