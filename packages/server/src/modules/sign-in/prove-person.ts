import { APIError } from "better-auth/api";
import type { StatementRunner } from "../../platform/database/statement.ts";
import type { EndpointContext } from "./cookies.ts";
import { insistOnRight, refused, wrongOwnPassword } from "./endpoint-answers.ts";
import { inTransaction } from "../../platform/database/pool-transaction.ts";
import { hashOfNobody } from "./password/password-hash.ts";
import type { SignInParts } from "./sign-in-parts.ts";
import { findConfirmationStatement } from "./sql/find-confirmation.ts";
import { loadWaysInStatement, type WaysInRow } from "./sql/load-ways-in.ts";
import { lockPersonStatement, type PersonRow } from "./sql/lock-person.ts";
import { spendCode, type SpentCode } from "./two-step/spend-code.ts";

/** Minutes for which somebody who showed that it is them is not asked again. */
export const confirmedMinutes = 10;

/** The person of a request, locked, and how they get in. */
export interface LockedPerson {
  tx: StatementRunner;
  person: PersonRow;
  ways: WaysInRow;
}

/** Takes the person's lock and reads how they get in. */
export async function lockPerson(tx: StatementRunner, userId: string): Promise<LockedPerson> {
  const [person] = await lockPersonStatement.run(tx, [userId]);
  const [ways] = await loadWaysInStatement.run(tx, [userId]);
  if (person === undefined || ways === undefined) {
    throw new APIError("UNAUTHORIZED", { code: "UNAUTHORIZED", message: "Sign in first." });
  }
  return { tx, person, ways };
}

/**
 * Does the work once the person has given their password and, with two-step sign-in on, a code. Wrong codes stay
 * counted when it is refused.
 * @param given `code` may be absent where there is no second step
 */
export async function withProof<T>(
  ctx: EndpointContext,
  parts: SignInParts,
  userId: string,
  given: { password: string; code?: string | undefined },
  work: (locked: LockedPerson) => Promise<T>,
): Promise<T> {
  const [before] = await loadWaysInStatement.run(parts.runner, [userId]);
  const hash = before?.password ?? hashOfNobody;
  if (!(await ctx.context.password.verify({ hash, password: given.password }))) {
    throw wrongOwnPassword();
  }
  const done = await inTransaction(parts.pool, async (tx): Promise<{ spent: SpentCode; value?: T }> => {
    const locked = await lockPerson(tx, userId);
    const { person, ways } = locked;
    if (ways.password !== hash) {
      throw wrongOwnPassword();
    }
    if (ways.two_step_since !== null) {
      const code = given.code ?? "";
      if (code.trim() === "") {
        throw refused("CODE_NEEDED", "Enter a code of your authenticator app or a recovery code as well.");
      }
      const spent = await spendCode(tx, parts, person, ways, code);
      if (spent.is !== "right") {
        return { spent };
      }
    }
    return { spent: { is: "right", by: "app" }, value: await work(locked) };
  });
  insistOnRight(done.spent);
  return done.value as T;
}

/** Throws unless the person of the session has shown that it is them a short while ago. */
export async function insistOnConfirmed(tx: StatementRunner, sessionId: string): Promise<void> {
  const [found] = await findConfirmationStatement.run(tx, [sessionId, confirmedMinutes]);
  if (found?.is_recent !== true) {
    throw new APIError("FORBIDDEN", {
      code: "CONFIRM_FIRST",
      message: "Confirm that it is you, then try again.",
    });
  }
}
