import { statement } from "../../../platform/database/statement.ts";
import type { Grant } from "../grant.ts";

/** One person and everything they were granted. */
export interface ActorRow {
  account_id: string;
  email: string;
  name: string;
  grants: Grant[];
}

/** $1 auth_user.id. No row when the sign-in is gone. */
export const loadActorStatement = statement<ActorRow>(
  "signIn.loadActor",
  `select a.id as account_id, a.email, a.name,
     coalesce(
       json_agg(json_build_object('role', r.role, 'organizationId', r.organization_id, 'siteId', r.site_id,
         'productId', r.product_id) order by r.id) filter (where r.id is not null),
       '[]') as grants
   from auth_user u
   join account a on a.id = u.account_id
   left join role_assignment r on r.account_id = a.id
   where u.id = $1
   group by a.id`,
);
