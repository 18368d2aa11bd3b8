import { statement } from "../../../platform/database/statement.ts";

/** One identity on one site. Exactly one of the two ids is set; it is also `profileId`. */
export interface PresenceRow {
  profileId: string;
  siteId: string;
  accountId: string | null;
  portalCustomerId: string | null;
  active: boolean;
  customerRole: boolean;
  resolvesSignIn: boolean;
  groups: string[];
  requestCount: number;
}

// $1: ids of accounts or portal-only accounts; $2: organizations. Two halves, because an `or` over both ids of
// the view is no index condition.
export const listPresencesStatement = statement<PresenceRow>(
  "directory.listPresences",
  `with present as (
     select i.account_id as id, i.* from site_identity i where i.account_id = any($1::uuid[])
     union all
     select i.portal_customer_id, i.* from site_identity i where i.portal_customer_id = any($1::uuid[])
   )
   select i.id as "profileId", i.site_id as "siteId", i.account_id as "accountId",
     i.portal_customer_id as "portalCustomerId", i.active, i.customer_role as "customerRole",
     i.resolves as "resolvesSignIn",
     array(
       select g.name || case
           when m.approved then ''
           when g.review_state = 'DECLINED' then ' (declined)'
           else ' (waiting for review)' end
       from user_group_member m join user_group g on g.id = m.group_id
       where m.account_id = i.account_id and g.site_id = i.site_id
       order by g.name
     ) as groups,
     (case when i.account_id is null
       then (select count(*) from request r where r.reporter_portal_customer_id = i.portal_customer_id)
       else (select count(*) from request r where r.reporter_account_id = i.account_id and r.site_id = i.site_id)
     end)::int as "requestCount"
   from present i
   join site s on s.id = i.site_id
   where s.organization_id = any($2::uuid[])
   order by i.id, s.name, s.id`,
);
