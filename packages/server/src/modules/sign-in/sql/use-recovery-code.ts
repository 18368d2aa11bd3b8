import { statement } from "../../../platform/database/statement.ts";

/** $1 auth_user.id, $2 hash of the code. No row when it is none of theirs or was used before. */
export const useRecoveryCodeStatement = statement<{ user_id: string }>(
  "signIn.useRecoveryCode",
  `with used as (
     update auth_recovery_code set used_at = now() where user_id = $1 and code_hash = $2 and used_at is null
     returning user_id
   )
   update auth_two_step t set wrong_codes = 0, locks = 0, locked_until = null
   from used where t.user_id = used.user_id
   returning t.user_id`,
);
