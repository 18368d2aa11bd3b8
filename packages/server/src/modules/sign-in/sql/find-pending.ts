import { statement } from "../../../platform/database/statement.ts";

/** A sign-in between its two steps. */
export interface PendingRow {
  user_id: string;
  email: string;
  remember: boolean;
  expires_at: Date;
  locked_until: Date | null;
}

/** $1 hash of the secret. No row when it ran out. */
export const findPendingStatement = statement<PendingRow>(
  "signIn.findPending",
  `select p.user_id, u.email, p.remember, p.expires_at,
     case when t.locked_until > clock_timestamp() then t.locked_until end as locked_until
   from auth_pending_sign_in p
   join auth_user u on u.id = p.user_id
   left join auth_two_step t on t.user_id = p.user_id
   where p.secret_hash = $1 and p.expires_at > clock_timestamp()`,
);
