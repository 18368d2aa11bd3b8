import { statement } from "../../../platform/database/statement.ts";

/** $1 auth_user.id, $2 the time step of a right code. No row when that step or a later one was used before. */
export const acceptStepStatement = statement<{ user_id: string }>(
  "signIn.acceptStep",
  `update auth_two_step set last_step = $2, wrong_codes = 0, locks = 0, locked_until = null
   where user_id = $1 and (last_step is null or last_step < $2)
   returning user_id`,
);
