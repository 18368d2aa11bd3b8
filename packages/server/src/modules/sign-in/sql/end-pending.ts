import { statement } from "../../../platform/database/statement.ts";

/** $1 hash of the secret: the sign-in is over, whatever became of it. */
export const endPendingStatement = statement(
  "signIn.endPending",
  `delete from auth_pending_sign_in where secret_hash = $1`,
);
