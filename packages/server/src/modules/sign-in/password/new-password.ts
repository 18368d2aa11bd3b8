import type { StatementRunner } from "../../../platform/database/statement.ts";
import { loadPasswordContextStatement } from "../sql/load-password-context.ts";
import { findPasswordProblem, type PasswordProblem } from "./password-rules.ts";

/**
 * What is wrong with a password that an account is about to get; null when it may have it. Every way to set one asks
 * here: it knows whether the account has a second step, and the words that others know of the person.
 */
export async function findNewPasswordProblem(
  runner: StatementRunner,
  accountId: string,
  password: string,
): Promise<PasswordProblem | null> {
  const [context] = await loadPasswordContextStatement.run(runner, [accountId]);
  if (context === undefined) {
    throw new Error(`No account ${accountId} that could have a password.`);
  }
  const [local = "", domain = ""] = context.email.split("@");
  const words = [context.name, local, domain.replace(/\.[^.]*$/, ""), "rehome", ...context.organizations];
  return findPasswordProblem(password, { hasTwoStep: context.has_two_step, contextWords: words });
}
