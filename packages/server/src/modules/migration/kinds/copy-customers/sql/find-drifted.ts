import { statement } from "../../../../../platform/database/statement.ts";
import { destinationStateSql, destinationTypeSql } from "./destination-state.ts";

/** A person of the batch whose records are no longer as planned, with how they stand on the destination now. */
export interface Drifted {
  ordinal: number;
  state: string;
  type: string;
  accountId: string | null;
  portalCustomerId: string | null;
  /** What changed, in words for the queue and the report. */
  reason: string;
}

// Drift is everything that a sealed CREATE or LINK depends on:
//   - the destination's state (accounts, portal-only accounts, active or not, the Customer role of the account itself
//     and through groups, domains managed by others) and which identities those are;
//   - the source's identity: it is there, active, and a portal-only row has not got an Atlassian account beside it,
//     which would speak for the person;
//   - the kind: a mark on the row, or the organization's words, that now say distribution list or bot;
//   - the project lists to be carried: each destination project sealed is still there. A project deleted and made
//     again with the same key is another project.
// Deliberately no drift, because what was approved stays right: names; requests and participation; who is on a
// project's list already, and lists that people came onto or left at the source since; a project's access; projects
// that came to the destination later; the imported group's name; and people sealed as UNCHANGED or NOT_COPIED, to
// whom a run does nothing anyway, whatever they have become.
//
// Reads only, and never joins the items to themselves: right after planning the item table has no statistics, and
// an update from a subquery over its own range then compares every item of the batch with every other (fifty
// seconds for 100,000 people). Look-ups are lateral with a limit, so that they stay index look-ups however large
// the directory is. $1 migration, $2 after ordinal, $3 up to ordinal, $4 source site, $5 destination site.
export const findDriftedStatement = statement<Drifted>(
  "copyCustomers.findDrifted",
  `with word as materialized (
     select lower(btrim(w.word)) as word
     from organization o cross join lateral unnest(o.distribution_list_words || o.bot_words) w (word)
     where o.id = (select organization_id from site where id = $4)
   ), now as (
     select i.ordinal, i.destination_state as planned_state, i.destination_account_id as planned_account,
       i.destination_portal_customer_id as planned_portal, da.account_id as "accountId", dp.id as "portalCustomerId",
       ${destinationStateSql("da", "dp", "mg")} as state, ${destinationTypeSql("da", "dp")} as type,
       coalesce(src.active, false) as source_active,
       i.source_type = 'PORTAL_ONLY' and exists (
         select 1 from account a join site_account sa on sa.account_id = a.id and sa.site_id = $4
         where a.email = i.email) as source_has_both,
       coalesce(src.kind in ('DISTRIBUTION_LIST', 'BOT'), split_part(i.email, '@', 1) in (select word from word)) as is_nobody,
       exists (select 1 from unnest(i.project_ids) l (project_id) where not exists (
         select 1 from service_project sp where sp.id = l.project_id and sp.site_id = $5)) as project_gone
     from migration_item i
     left join lateral (select p.active, p.kind from portal_customer p
       where i.source_type = 'PORTAL_ONLY' and p.id = i.source_portal_customer_id
       union all select sa.active, sa.kind from site_account sa
       where i.source_type = 'ATLASSIAN_ACCOUNT' and sa.site_id = $4 and sa.account_id = i.source_account_id limit 1) src on true
     left join lateral (select si.account_id, si.active, si.customer_role from site_identity si
       where si.site_id = $5 and si.email = i.email and si.account_id is not null limit 1) da on true
     left join lateral (select p.id, p.active from portal_customer p
       where p.site_id = $5 and p.email = i.email limit 1) dp on true
     left join lateral (select c.domain from claimed_domain c where c.domain = split_part(i.email, '@', 2)
       and c.organization_id <> (select organization_id from site where id = $5) limit 1) mg on true
     where i.migration_id = $1 and i.ordinal > $2 and i.ordinal <= $3
       and i.outcome is null and i.effect in ('CREATE', 'LINK')
   ), told as (
     select ordinal, state, type, "accountId", "portalCustomerId", case
         when not source_active then 'the person is no longer active on the source'
         when source_has_both then 'the person got an Atlassian account on the source after the plan was made'
         when is_nobody then 'the address counts as a distribution list or bot since the plan was made'
         when state <> planned_state or "accountId" is distinct from planned_account
           or "portalCustomerId" is distinct from planned_portal
           then 'the person''s records on the destination changed after the plan was made'
         when project_gone then 'a service project that lists the person is gone from the destination since the plan was made'
       end as reason
     from now
   )
   select * from told where reason is not null`,
);
