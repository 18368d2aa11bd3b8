import { statement } from "../../../platform/database/statement.ts";

/**
 * Ends what keeps a person signed in or half signed in: sessions, browsers that are not asked for the second step,
 * sign-ins between their two steps. $1 auth_user.id, $2 the session that stays; null for none.
 */
export const endSignInsStatement = statement<{ sessions: number; devices: number }>(
  "signIn.endSignIns",
  `with sessions as (delete from auth_session where user_id = $1 and id is distinct from $2 returning 1),
     devices as (delete from auth_remembered_device where user_id = $1 returning 1),
     pending as (delete from auth_pending_sign_in where user_id = $1)
   select (select count(*)::int from sessions) as sessions, (select count(*)::int from devices) as devices`,
);
