import { statement } from "../../../platform/database/statement.ts";

/** How many of each ended. */
export interface LeftRow {
  roles: number;
  groups: number;
  sites: number;
  lists: number;
  invitations: number;
}

/**
 * $1 account, $2 organizations, null for all, $3 who decides, or null. Roles, groups, places on customer lists and tokens for
 * that organization alone end; on sites the account stays by name, deactivated and without the Customer role; what it
 * asked for and offered is withdrawn, and links of its invitations let nobody in. Requests and history are not touched.
 */
export const leaveOrganizationsStatement = statement<LeftRow>(
  "closing.leaveOrganizations",
  `with own_site as materialized (
     select id from site where $2::uuid[] is null or organization_id = any($2)
   ), roles as (
     delete from role_assignment where account_id = $1 and ($2::uuid[] is null or organization_id = any($2)) returning 1
   ), groups as (
     delete from user_group_member m using user_group g
     where m.account_id = $1 and g.id = m.group_id and g.site_id in (select id from own_site) returning 1
   ), lists as (
     delete from project_customer l using service_project p
     where l.account_id = $1 and p.id = l.project_id and p.site_id in (select id from own_site) returning 1
   ), sites as (
     update site_account set active = false, customer_role = false
     where account_id = $1 and (active or customer_role) and site_id in (select id from own_site) returning 1
   ), tokens as (
     update api_token set revoked_at = now()
     where account_id = $1 and organization_id is not null and ($2::uuid[] is null or organization_id = any($2)) and revoked_at is null
   ), asked as (
     update access_request set state = 'WITHDRAWN', decided_at = now()
     where account_id = $1 and state = 'PENDING' and ($2::uuid[] is null or organization_id = any($2))
   ), offered as (
     update role_invitation set state = 'WITHDRAWN', settled_by = $3, settled_at = now()
     where invited_by = $1 and state = 'PENDING' and ($2::uuid[] is null or organization_id = any($2)) returning id
   ), links as (
     update email_proof set revoked_at = clock_timestamp()
     where source_type = 'role_invitation' and source_id in (select id from offered) and consumed_at is null and revoked_at is null
   )
   select (select count(*)::int from roles) as roles, (select count(*)::int from groups) as groups,
     (select count(*)::int from sites) as sites, (select count(*)::int from lists) as lists,
     (select count(*)::int from offered) as invitations`,
);
