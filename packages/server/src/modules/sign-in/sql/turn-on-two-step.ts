import { statement } from "../../../platform/database/statement.ts";

/** $1 auth_user.id: its authenticator app has shown a right code. */
export const turnOnTwoStepStatement = statement(
  "signIn.turnOnTwoStep",
  `update auth_two_step set confirmed_at = now() where user_id = $1`,
);
