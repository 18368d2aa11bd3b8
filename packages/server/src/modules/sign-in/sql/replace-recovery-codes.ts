import { statement } from "../../../platform/database/statement.ts";

/** $1 auth_user.id, $2 hashes of the new codes, none of which was there before. */
export const replaceRecoveryCodesStatement = statement(
  "signIn.replaceRecoveryCodes",
  `with old as (delete from auth_recovery_code where user_id = $1)
   insert into auth_recovery_code (user_id, code_hash) select $1, hash from unnest($2::bytea[]) as hash`,
);
