import type { StatementRunner } from "../../../platform/database/statement.ts";
import type { SignInParts } from "../sign-in-parts.ts";
import { acceptStepStatement } from "../sql/accept-step.ts";
import { countWrongCodeStatement } from "../sql/count-wrong-code.ts";
import { forgetPendingStatement } from "../sql/forget-pending.ts";
import type { WaysInRow } from "../sql/load-ways-in.ts";
import type { PersonRow } from "../sql/lock-person.ts";
import { useRecoveryCodeStatement } from "../sql/use-recovery-code.ts";
import { hashRecoveryCode, normalizeCode } from "./recovery-codes.ts";
import { openTotpSecret } from "./sealed-secret.ts";
import { findTotpStep } from "./totp.ts";

/** Wrong codes in a row that lock the second step. */
const mostWrongCodes = 5;

/** What became of a code. The transaction is to be committed whatever it is: wrong ones are counted in it. */
export type SpentCode =
  | { is: "right"; by: "app" | "recovery code" }
  | { is: "wrong"; left: number }
  | { is: "used before" }
  | { is: "locked"; until: Date };

/**
 * Takes a code of the authenticator app or a recovery code, once. Wrong ones are counted by the person, so that it does
 * not matter from where or how slowly somebody guesses. Needs the person's lock and what `loadWaysIn` said under it.
 */
export async function spendCode(
  tx: StatementRunner,
  parts: Pick<SignInParts, "secrets" | "record">,
  person: PersonRow,
  ways: WaysInRow,
  typed: string,
): Promise<SpentCode> {
  if (ways.locked_until !== null) {
    return { is: "locked", until: ways.locked_until };
  }
  const code = normalizeCode(typed);
  const spent = /^\d{6}$/.test(code)
    ? await spendTotp(tx, parts, person, ways, code)
    : await spendRecoveryCode(tx, parts, person, ways, code);
  return spent.is === "right" ? spent : countWrong(tx, parts, person, spent);
}

async function spendTotp(
  tx: StatementRunner,
  { secrets }: Pick<SignInParts, "secrets">,
  person: PersonRow,
  ways: WaysInRow,
  code: string,
): Promise<SpentCode> {
  if (ways.sealed_secret === null) {
    return { is: "wrong", left: 0 };
  }
  const secret = openTotpSecret(secrets, person.user_id, ways.sealed_secret);
  const step = findTotpStep(secret, code, ways.seconds);
  if (step === null) {
    return { is: "wrong", left: 0 };
  }
  const accepted = await acceptStepStatement.run(tx, [person.user_id, step]);
  return accepted.length === 0 ? { is: "used before" } : { is: "right", by: "app" };
}

async function spendRecoveryCode(
  tx: StatementRunner,
  { record }: Pick<SignInParts, "record">,
  person: PersonRow,
  ways: WaysInRow,
  code: string,
): Promise<SpentCode> {
  const hash = hashRecoveryCode(person.user_id, code);
  const used = await useRecoveryCodeStatement.run(tx, [person.user_id, hash]);
  if (used.length === 0) {
    return { is: "wrong", left: 0 };
  }
  await record(tx, person.account_id, { what: "RECOVERY_CODE_USED", left: ways.recovery_codes_left - 1 });
  return { is: "right", by: "recovery code" };
}

async function countWrong(
  tx: StatementRunner,
  { record }: Pick<SignInParts, "record">,
  person: PersonRow,
  spent: SpentCode,
): Promise<SpentCode> {
  const [counted] = await countWrongCodeStatement.run(tx, [person.user_id, mostWrongCodes]);
  if (counted === undefined || counted.locked_until === null) {
    return spent.is === "wrong" ? { ...spent, left: mostWrongCodes - (counted?.wrong_codes ?? 0) } : spent;
  }
  await forgetPendingStatement.run(tx, [person.user_id]);
  await record(tx, person.account_id, { what: "TWO_STEP_LOCKED", until: counted.locked_until });
  return { is: "locked", until: counted.locked_until };
}
