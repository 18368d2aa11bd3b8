import { statement } from "../../../platform/database/statement.ts";

/** $1 account, $2 the session that stays, or null. */
export const endAccountSessionsStatement = statement<{ id: string }>(
  "signIn.endAccountSessions",
  `delete from auth_session s using auth_user u
   where u.id = s.user_id and u.account_id = $1 and s.id is distinct from $2::uuid
   returning s.id`,
);
