import { statement } from "../../../../../platform/database/statement.ts";
import { requestsInProjectsSql, requestsOnSiteSql } from "../../../../directory/index.ts";
import type { Touched } from "../../../kind.ts";
import { undonePeopleSql } from "./undone-people.ts";

/** Keys of the journaled lists that no longer have the identity; `column` is account_id or portal_customer_id. */
function lostLists(column: string): string {
  return `(select string_agg(coalesce(sp.key, 'of a deleted project'), ', ' order by sp.key)
       from unnest(c.project_ids) l (id) left join service_project sp on sp.id = l.id
       where not exists (select 1 from project_customer pc where pc.${column} = c.${column} and pc.project_id = l.id))`;
}

/** Keys of the destination's lists that have the identity and are not in the journal. */
function newLists(column: string): string {
  return `(select string_agg(sp.key, ', ' order by sp.key)
       from project_customer pc join service_project sp on sp.id = pc.project_id and sp.site_id = $4
       where pc.${column} = c.${column} and pc.project_id <> all(c.project_ids))`;
}

const onSite = requestsOnSiteSql("c.account_id", "c.portal_customer_id", "$4::uuid");
const inProjects = requestsInProjectsSql("c.account_id", "c.portal_customer_id", "i.project_ids");

// Compares everybody with the last state in the journal, every difference with its own reason. What the run made must
// be exactly as it was made; of what was there before, only what the run or a decision changed is looked at.
// Parameters as in undonePeopleSql.
export const findTouchedStatement = statement<Touched>(
  "copyCustomers.findTouched",
  `with ${undonePeopleSql}, later as materialized (
     select m.id, m.number from migration m join migration own on own.id = $1
     where m.destination_site_id = $4 and m.id <> $1 and m.started_at > own.started_at
   ), seen as materialized (
     -- Once for each: what it looks up is compared more than once below.
     select c.*, i.email, i.name, sa.account_id as present, sa.active as account_active, sa.customer_role, sa.kind as account_kind,
       p.id as portal, p.email as portal_email, p.name as portal_name, p.active as portal_active, p.kind as portal_kind,
       m.approved as member_approved,
       case when c.whole_site then ${onSite} else ${inProjects} end as requests_now,
       case when c.account_id is not null then ${lostLists("account_id")} else ${lostLists("portal_customer_id")} end as lost_lists,
       case when not c.created then null
         when c.account_id is not null then ${newLists("account_id")} else ${newLists("portal_customer_id")} end as new_lists
     from chosen c
     join migration_item i on i.migration_id = $1 and i.ordinal = c.ordinal
     left join site_account sa on sa.site_id = $4 and sa.account_id = c.account_id
     left join portal_customer p on p.id = c.portal_customer_id and p.site_id = $4
     left join user_group_member m on m.group_id = c.group_id and m.account_id = c.account_id
   ), told as (
     select s.ordinal, concat_ws('; ',
       case when s.account_id is not null and s.present is null then 'the account is no longer on the site' end,
       case when s.portal_customer_id is not null and s.portal is null then 'the portal-only account is gone' end,
       case when not s.account_active then 'deactivated since' end,
       case when not s.portal_active then 'portal access was revoked since' end,
       case when s.created and (s.portal_email <> s.email or s.portal_name <> s.name) then 'renamed since' end,
       case when s.created and coalesce(s.present, s.portal) is not null
         and coalesce(s.account_kind, s.portal_kind) is distinct from s.kind then 'the kind of the account was changed since' end,
       case when s.present is not null and (s.upgrade ->> 'granted')::boolean and not s.customer_role
         then 'the Customer role was taken away since' end,
       case when s.created and s.customer_role and not coalesce((s.upgrade ->> 'granted')::boolean, false)
         then 'given the Customer role since' end,
       case when s.group_id is not null and s.member_approved is null then 'removed from the imported group since'
         when s.member_approved <> s.approved then 'approval in the imported group changed since' end,
       'removed from the project list ' || s.lost_lists || ' since',
       'added to the project list ' || s.new_lists || ' since',
       case when s.requests_now > s.requests then 'requests were raised with this account since'
         when s.requests_now < s.requests then 'requests of this account were passed on or removed since' end,
       case when s.created and s.account_id is not null then (
         select 'joined group ' || string_agg(g.name, ', ' order by g.name) || ' since'
         from user_group_member o join user_group g on g.id = o.group_id and g.site_id = $4
         where o.account_id = s.account_id and o.group_id is distinct from s.group_id) end,
       case when s.upgrade is not null then nullif(concat_ws('; ',
         case when exists (select 1 from portal_customer o where o.site_id = $4 and o.email = s.upgrade -> 'portalCustomer' ->> 'email')
           then 'a portal-only account was made for this address since' end,
         case when exists (select 1 from jsonb_array_elements_text(s.upgrade -> 'reported') l
             where not exists (select 1 from request r where r.id = l::uuid and r.reporter_account_id = s.account_id))
           then 'requests from before the upgrade were passed on or removed since' end,
         case when exists (select 1 from jsonb_array_elements_text(s.upgrade -> 'participated') l
             where not exists (select 1 from request_participant o where o.request_id = l::uuid and o.account_id = s.account_id))
           then 'no longer takes part in requests from before the upgrade' end), '') end,
       case when s.created then (
         select 'copied again by MR-' || l.number || ' since' from later l
         where exists (select 1 from migration_item o where o.migration_id = l.id and o.email = s.email
           and o.outcome is not null and o.effect in ('CREATE', 'LINK') and o.undone_at is null)
         order by l.number limit 1) end
       ) as reason
     from seen s
   )
   select ordinal, reason from told where reason <> ''`,
);
