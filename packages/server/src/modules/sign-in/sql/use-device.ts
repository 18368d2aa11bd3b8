import { statement } from "../../../platform/database/statement.ts";

/** $1 auth_user.id, $2 hash of the secret. No row when the browser is not remembered for this person. */
export const useDeviceStatement = statement<{ id: string }>(
  "signIn.useDevice",
  `update auth_remembered_device set last_used_at = now()
   where user_id = $1 and secret_hash = $2 and expires_at > clock_timestamp()
   returning id`,
);
