import { onConnection } from "../../platform/database/pool-transaction.ts";
import { isAccountPassword } from "../sign-in/index.ts";
import { RecoveryFault } from "./recovery-fault.ts";
import type { RecoveryParts } from "./recovery-parts.ts";

/**
 * A fault unless the password, and the code where one is asked for, are the account's. A session may have been left open
 * or stolen: only who knows the password changes what an account is.
 */
export async function insistOnPerson(
  { pool, judgeSecondFactor }: Pick<RecoveryParts, "pool" | "judgeSecondFactor">,
  accountId: string,
  { password, code }: { password: string; code: string | null },
): Promise<void> {
  const isRight = await onConnection(pool, (runner) => isAccountPassword(runner, accountId, password));
  if (!isRight) {
    throw new RecoveryFault("WRONG_PASSWORD", "The password is wrong.", { field: "password" });
  }
  const problem = await judgeSecondFactor(accountId, code);
  if (problem !== null) {
    throw new RecoveryFault("CODE_NEEDED", problem, { field: "code" });
  }
}
