import { statement } from "../../../platform/database/statement.ts";

/** $1 auth_user.id: every sign-in between its two steps ends. */
export const forgetPendingStatement = statement(
  "signIn.forgetPending",
  `delete from auth_pending_sign_in where user_id = $1`,
);
