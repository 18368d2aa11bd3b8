import type { StatementRunner } from "../../../platform/database/statement.ts";
import { importHashesStatement } from "../sql/import-hashes.ts";
import { readStoredHash } from "./stored-hash.ts";

/** A password hash that another system kept for somebody. */
export interface ImportedHash {
  accountId: string;
  hash: string;
}

/**
 * What became of an imported hash: taken; left because the account has a password by now; or not usable, which is told
 * by the reason, so that nobody finds out at the sign-in page.
 */
export type ImportOutcome = "IMPORTED" | "KEPT" | "UNKNOWN_ACCOUNT" | "UNKNOWN_FORMAT" | "TOO_COSTLY";

/**
 * Lets accounts sign in with the passwords they have elsewhere: argon2, bcrypt, scrypt and PBKDF2 hashes are checked as
 * they are and replaced by one of ours at the first sign-in. Of two hashes for one account the first counts. They let
 * nobody in before the address is proven; whoever proves it may choose the same password again (R63, TRUST I4).
 * @returns what became of each account's hash
 */
export async function importPasswordHashes(
  runner: StatementRunner,
  hashes: readonly ImportedHash[],
): Promise<Map<string, ImportOutcome>> {
  const outcomes = new Map<string, ImportOutcome>();
  const usable = new Map<string, string>();
  for (const { accountId, hash } of hashes) {
    if (outcomes.has(accountId)) {
      continue;
    }
    const stored = readStoredHash(hash);
    if (typeof stored === "string") {
      outcomes.set(accountId, stored === "too costly" ? "TOO_COSTLY" : "UNKNOWN_FORMAT");
    } else {
      outcomes.set(accountId, "UNKNOWN_ACCOUNT");
      usable.set(accountId, hash);
    }
  }
  const rows = await importHashesStatement.run(runner, [[...usable.keys()], [...usable.values()]]);
  for (const row of rows) {
    outcomes.set(row.account_id, row.imported ? "IMPORTED" : "KEPT");
  }
  return outcomes;
}
