import { statement } from "../../../platform/database/statement.ts";

/** $1 account. No row for one without a password. */
export const findPasswordStatement = statement<{ password: string }>(
  "signIn.findPassword",
  `select c.password from auth_user u join auth_credential c on c.user_id = u.id and c.provider_id = 'credential'
   where u.account_id = $1 and c.password is not null`,
);
