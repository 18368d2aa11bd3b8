import { statement } from "../../../platform/database/statement.ts";

/** Somebody who signs in, with the stored hash of their password; null where they have none. */
export interface CredentialRow {
  user_id: string;
  account_id: string;
  email: string;
  name: string;
  password: string | null;
}

/** $1 canonical email. */
export const findCredentialStatement = statement<CredentialRow>(
  "signIn.findCredential",
  `select u.id as user_id, u.account_id, u.email, u.name, c.password
   from auth_user u
   left join auth_credential c on c.user_id = u.id and c.provider_id = 'credential' and c.account_id = u.id::text
   where u.email = $1`,
);
