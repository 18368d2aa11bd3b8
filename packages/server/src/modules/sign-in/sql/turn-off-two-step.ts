import { statement } from "../../../platform/database/statement.ts";

/** $1 auth_user.id. Nothing of it stays: secret, recovery codes, remembered browsers, sign-ins under way. */
export const turnOffTwoStepStatement = statement(
  "signIn.turnOffTwoStep",
  `with codes as (delete from auth_recovery_code where user_id = $1),
     devices as (delete from auth_remembered_device where user_id = $1),
     pending as (delete from auth_pending_sign_in where user_id = $1)
   delete from auth_two_step where user_id = $1`,
);
