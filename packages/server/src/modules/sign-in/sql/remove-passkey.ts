import { statement } from "../../../platform/database/statement.ts";

/** $1 auth_user.id, $2 passkey. */
export const removePasskeyStatement = statement<{ name: string }>(
  "signIn.removePasskey",
  `delete from auth_passkey where user_id = $1 and id = $2 returning name`,
);
