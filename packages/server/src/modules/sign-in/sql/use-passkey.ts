import { statement } from "../../../platform/database/statement.ts";

/**
 * $1 passkey id, $2 uses by the authenticator's own count. No row when it is gone, or when it counts and has not counted
 * on: then somebody has a copy of it.
 */
export const usePasskeyStatement = statement<{ id: string }>(
  "signIn.usePasskey",
  `update auth_passkey set counter = $2, last_used_at = now()
   where id = $1 and (counter < $2 or (counter = 0 and $2 = 0))
   returning id`,
);
