import type { StatementRunner } from "../../platform/database/statement.ts";
import { maxPasswordLength, minPasswordLength } from "./password-hash.ts";

/** Why a password is not accepted. `code` for programs, `message` for people. */
export interface PasswordProblem {
  code: "PASSWORD_TOO_SHORT" | "PASSWORD_TOO_LONG";
  message: string;
}

/** What is wrong with a password that an account is about to get; null when it may have it. Every way to set one asks here. */
export async function findNewPasswordProblem(
  _runner: StatementRunner,
  _accountId: string,
  password: string,
): Promise<PasswordProblem | null> {
  if (password.length < minPasswordLength) {
    return {
      code: "PASSWORD_TOO_SHORT",
      message: `Use at least ${minPasswordLength} characters. Several words in a row are easy to remember.`,
    };
  }
  return password.length > maxPasswordLength
    ? { code: "PASSWORD_TOO_LONG", message: `Use at most ${maxPasswordLength} characters.` }
    : null;
}
