import { statement } from "../../../../platform/database/statement.ts";

/**
 * $1 account, $2 organization, $3 sites to administer, none for the whole organization. Answers a row per role; a site
 * of another organization gives none.
 */
export const grantServiceRolesStatement = statement<{ siteId: string | null; siteName: string | null }>(
  "apiToken.grantServiceRoles",
  `with wanted as (
     select 'ORGANIZATION_ADMIN' as role, null::uuid as site_id where cardinality($3::uuid[]) = 0
     union all
     select 'SITE_ADMIN', s.id from site s where s.id = any($3::uuid[]) and s.organization_id = $2
   ), given as (
     insert into role_assignment (account_id, role, organization_id, site_id)
     select $1, role, $2, site_id from wanted returning site_id
   )
   select g.site_id as "siteId", s.name as "siteName" from given g left join site s on s.id = g.site_id order by s.name`,
);
