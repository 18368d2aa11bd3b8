import { statement } from "../../../platform/database/statement.ts";
import type { Grant } from "../../sign-in/index.ts";

/** Somebody of the demo with their roles, and the organization's sites by URL name. */
export interface DemoActorRow {
  accountId: string;
  email: string;
  name: string;
  grants: Grant[];
  organizationId: string;
  siteIds: Record<string, string>;
}

/** $1 email. No row for somebody without a role. */
export const findDemoActorStatement = statement<DemoActorRow>(
  "demo.findDemoActor",
  `select a.id as "accountId", a.email, a.name, min(r.organization_id::text) as "organizationId",
     json_agg(json_build_object('role', r.role, 'organizationId', r.organization_id, 'siteId', r.site_id,
       'productId', r.product_id) order by r.id) as grants,
     (select json_object_agg(s.url_name, s.id) from site s where s.organization_id = any(array_agg(r.organization_id))) as "siteIds"
   from account a join role_assignment r on r.account_id = a.id
   where a.email = $1
   group by a.id`,
);
