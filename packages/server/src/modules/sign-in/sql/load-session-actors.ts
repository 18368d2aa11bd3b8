import { statement } from "../../../platform/database/statement.ts";
import type { Grant } from "../grant.ts";

/** A live session, whose it is, and everything they were granted. */
export interface SessionActorRow {
  session_id: string;
  expires_at: Date;
  account_id: string;
  email: string;
  name: string;
  grants: Grant[];
}

/** Sessions with their people and roles, the oldest role first. */
export const sessionActorSql = `
   select s.id as session_id, s.expires_at, a.id as account_id, a.email, a.name,
     coalesce(
       (select json_agg(json_build_object('role', r.role, 'organizationId', r.organization_id, 'siteId', r.site_id,
          'productId', r.product_id) order by r.id)
        from role_assignment r where r.account_id = a.id),
       '[]') as grants
   from auth_session s
   join auth_user u on u.id = s.user_id
   join account a on a.id = u.account_id`;

/** $1 session ids. No row for a session that ended or expired. */
export const loadSessionActorsStatement = statement<SessionActorRow>(
  "signIn.loadSessionActors",
  `${sessionActorSql} where s.id = any($1::uuid[]) and s.expires_at > clock_timestamp()`,
);
