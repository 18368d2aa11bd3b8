import { statement } from "../../../platform/database/statement.ts";
import type { ActorRow } from "./load-actor.ts";

/** A live session and whose it is. */
export interface SessionActorRow extends ActorRow {
  session_id: string;
  expires_at: Date;
}

/** $1 session ids. No row for a session that ended or expired. The roles are those of loadActor, in the same order. */
export const loadSessionActorsStatement = statement<SessionActorRow>(
  "signIn.loadSessionActors",
  `select s.id as session_id, s.expires_at, a.id as account_id, a.email, a.name,
     coalesce(
       (select json_agg(json_build_object('role', r.role, 'organizationId', r.organization_id, 'siteId', r.site_id,
          'productId', r.product_id) order by r.id)
        from role_assignment r where r.account_id = a.id),
       '[]') as grants
   from auth_session s
   join auth_user u on u.id = s.user_id
   join account a on a.id = u.account_id
   where s.id = any($1::uuid[]) and s.expires_at > clock_timestamp()`,
);
