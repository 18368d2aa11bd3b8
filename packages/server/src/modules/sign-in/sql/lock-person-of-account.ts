import { statement } from "../../../platform/database/statement.ts";

/** $1 account id. The same lock as lockPerson's. No row where the account has no sign-in. */
export const lockPersonOfAccountStatement = statement<{ user_id: string }>(
  "signIn.lockPersonOfAccount",
  `select id as user_id from auth_user where account_id = $1 for no key update`,
);
