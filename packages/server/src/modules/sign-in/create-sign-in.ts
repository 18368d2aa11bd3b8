import type { Pool, PoolClient } from "pg";
import type { StatementRunner } from "../../platform/database/statement.ts";
import { refuse } from "../../platform/refusal.ts";
import { hashPassword, maxPasswordLength, minPasswordLength } from "./password-hash.ts";
import { createSignInStatement, type CreateSignInRow } from "./sql/create-sign-in.ts";

/** A way in for an account that exists. */
export interface NewSignIn {
  accountId: string;
  /** The account's canonical email; another one is refused. */
  email: string;
  name: string;
  password: string;
}

/**
 * Lets the account sign in with this password; does nothing where it already can, whatever its password is by now.
 * @returns auth_user.id
 * @throws Error when the password's length is out of bounds, or no account has this id and email
 */
export async function createSignIn(client: Pool | PoolClient, signIn: NewSignIn): Promise<string> {
  const { accountId, email, name, password } = signIn;
  if (password.length < minPasswordLength || password.length > maxPasswordLength) {
    throw new Error(`A password has ${minPasswordLength} to ${maxPasswordLength} characters.`);
  }
  const { rows } = await client.query<CreateSignInRow>(createSignInStatement.text, [
    accountId,
    email,
    name,
    await hashPassword(password),
  ]);
  const [row] = rows;
  if (row === undefined) {
    throw new Error(`No account ${accountId} with the email ${email}.`);
  }
  return row.user_id;
}

/** The password as it was chosen; refused when its length is out of bounds. */
export function readNewPassword(password: string): string {
  if (password.length < minPasswordLength || password.length > maxPasswordLength) {
    refuse("INVALID_INPUT", `A password has ${minPasswordLength} to ${maxPasswordLength} characters.`, {
      field: "password",
    });
  }
  return password;
}

/**
 * Lets an account without a sign-in sign in, in the caller's transaction.
 * @param signIn with the hash of a password that `readNewPassword` took
 */
export async function createSignInOf(
  em: StatementRunner,
  { accountId, email, name, passwordHash }: Omit<NewSignIn, "password"> & { passwordHash: string },
): Promise<void> {
  const rows = await createSignInStatement.run(em, [accountId, email, name, passwordHash]);
  if (rows.length === 0) {
    throw new Error(`No account ${accountId} with the email ${email}.`);
  }
}
