import { statement } from "../../../platform/database/statement.ts";

/** Somebody who signs in. */
export interface PersonRow {
  user_id: string;
  account_id: string;
  email: string;
  name: string;
  created_at: Date;
}

/**
 * $1 auth_user.id. Whatever begins, ends or guards a sign-in takes this lock first: a session cannot begin beside a
 * change that ends all sessions, and two codes of one person are looked at one after the other.
 */
export const lockPersonStatement = statement<PersonRow>(
  "signIn.lockPerson",
  `select id as user_id, account_id, email, name, created_at from auth_user where id = $1 for no key update`,
);
