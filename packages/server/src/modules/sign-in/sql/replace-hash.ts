import { statement } from "../../../platform/database/statement.ts";

/** $1 auth_user.id, $2 the stored hash, $3 the one to keep instead. No row when the password changed in between. */
export const replaceHashStatement = statement<{ id: string }>(
  "signIn.replaceHash",
  `update auth_credential set password = $3, updated_at = now()
   where user_id = $1 and provider_id = 'credential' and password = $2
   returning id`,
);
