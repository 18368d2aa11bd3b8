import type { Pool, PoolClient } from "pg";
import { hashPassword } from "./password/password-hash.ts";
import { findLengthProblem, maxPasswordLength, minPasswordLength } from "./password/password-rules.ts";
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
 * Only for who has a shell on the server: it vouches for the account, whose address counts as proven from then on.
 * @returns auth_user.id
 * @throws Error when the password's length is out of bounds, or no account has this id and email
 */
export async function createSignIn(client: Pool | PoolClient, signIn: NewSignIn): Promise<string> {
  const { accountId, email, name, password } = signIn;
  if (findLengthProblem(password, false) !== null) {
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
