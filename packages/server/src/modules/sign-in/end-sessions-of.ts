import type { StatementRunner } from "../../platform/database/statement.ts";
import { endSessionsOfStatement, type EndedRow } from "./sql/end-sessions-of.ts";
import { holdAccountsStatement } from "./sql/hold-accounts.ts";
import { holdSignInsStatement } from "./sql/hold-sign-ins.ts";

/**
 * Signs these accounts out everywhere, in the caller's transaction: at its commit no cookie, socket, remembered browser
 * or mailed link from before lets anybody in. For the final step of a migration and for admins. Three statements,
 * however many accounts.
 * @param accountIds UUIDs; unknown ones are passed over
 */
export async function endSessionsOf(tx: StatementRunner, accountIds: readonly string[]): Promise<EndedRow> {
  await holdSignInsStatement.run(tx, [accountIds]);
  await holdAccountsStatement.run(tx, [accountIds]);
  const [ended] = await endSessionsOfStatement.run(tx, [accountIds]);
  return ended ?? { accounts: 0, sessions: 0, devices: 0, links: 0 };
}
