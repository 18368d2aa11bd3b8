import { APIError } from "better-auth/api";
import { inTransaction } from "../../platform/database/pool-transaction.ts";
import { insistOnRight } from "./endpoint-answers.ts";
import { lockPerson } from "./prove-person.ts";
import type { SignInParts } from "./sign-in-parts.ts";
import { lockPersonOfAccountStatement } from "./sql/lock-person-of-account.ts";
import { spendCode, type SpentCode } from "./two-step/spend-code.ts";

/**
 * Judges the second factor of somebody who has given their password, outside of the sign-in library: null when there
 * is none or the code is right, else the sentence to show. A code counts once, and wrong ones are counted.
 */
export type JudgeSecondFactor = (accountId: string, code: string | null) => Promise<string | null>;

/** Makes the judge. */
export function createSecondFactorJudge(
  parts: Pick<SignInParts, "pool" | "secrets" | "record">,
): JudgeSecondFactor {
  return async (accountId, code) => {
    const spent = await inTransaction(parts.pool, async (tx): Promise<SpentCode | "none given"> => {
      const [found] = await lockPersonOfAccountStatement.run(tx, [accountId]);
      if (found === undefined) {
        return { is: "right", by: "app" };
      }
      const { person, ways } = await lockPerson(tx, found.user_id);
      if (ways.two_step_since === null) {
        return { is: "right", by: "app" };
      }
      const given = code?.trim() ?? "";
      return given === "" ? "none given" : spendCode(tx, parts, person, ways, given);
    });
    return spent === "none given"
      ? "Enter a code of your authenticator app or a recovery code as well."
      : describe(spent);
  };
}

/** The same words as at sign-in. */
function describe(spent: SpentCode): string | null {
  try {
    insistOnRight(spent);
    return null;
  } catch (error) {
    if (error instanceof APIError) {
      return error.message;
    }
    throw error;
  }
}
