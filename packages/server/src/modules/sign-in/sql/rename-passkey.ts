import { statement } from "../../../platform/database/statement.ts";

/** $1 auth_user.id, $2 passkey, $3 name. */
export const renamePasskeyStatement = statement<{ id: string }>(
  "signIn.renamePasskey",
  `update auth_passkey set name = $3 where user_id = $1 and id = $2 returning id`,
);
