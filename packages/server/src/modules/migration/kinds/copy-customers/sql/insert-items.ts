import { statement } from "../../../../../platform/database/statement.ts";
import { destinationStateSql, destinationTypeSql } from "./destination-state.ts";
import { waitsToBePlannedAgainSql } from "./waits-to-be-planned-again.ts";

// The whole plan in one statement, so it sees one moment of both sites. A case without a row in the outcome table
// leaves its columns null and fails the insert: planning never guesses.
// Parameters: $1 migration, $2 organization, $3 source site, $4 destination site, $5 all customers, $6 project keys,
// $7 the outcome table as JSON, $8 the migration whose set-aside people alone are planned, or null.
export const insertItemsStatement = statement<{ total: number }>(
  "copyCustomers.insertItems",
  `with outcome_row as materialized (
     select * from jsonb_to_recordset($7::jsonb) as t ("case" text, effect text, "typeAfter" text, "joinsGroup" boolean,
       outcome text, problem text, "nextStep" text)
   ), word as (
     select lower(btrim(w.word)) as word, max(w.kind) as kind
     from organization o cross join lateral (
       select unnest(o.distribution_list_words), 'DISTRIBUTION_LIST' union all select unnest(o.bot_words), 'BOT') w (word, kind)
     where o.id = $2 group by 1
   ), scope_project as (
     select id from service_project where site_id = $3 and not $5::boolean and $8::uuid is null and key = any($6::text[])
   ), scope_account as (
     select pc.account_id from scope_project s join project_customer pc on pc.project_id = s.id
     union all select r.reporter_account_id from scope_project s join request r on r.project_id = s.id
     union all select rp.account_id from scope_project s join request r on r.project_id = s.id
       join request_participant rp on rp.request_id = r.id
   ), scope_portal_customer as (
     select pc.portal_customer_id from scope_project s join project_customer pc on pc.project_id = s.id
     union all select r.reporter_portal_customer_id from scope_project s join request r on r.project_id = s.id
     union all select rp.portal_customer_id from scope_project s join request r on r.project_id = s.id
       join request_participant rp on rp.request_id = r.id
   ), in_scope as materialized (
     -- By email, not by identity: a person with both types counts once, whichever of them the projects know.
     select a.email from scope_account s join account a on a.id = s.account_id
     union select p.email from scope_portal_customer s join portal_customer p on p.id = s.portal_customer_id
     union select i.email from migration_item i where i.migration_id = $8 and ${waitsToBePlannedAgainSql("i")}
   ), source_account as (
     select a.email, a.name, sa.account_id, sa.active, sa.kind
     from site_account sa join account a on a.id = sa.account_id where sa.site_id = $3
   ), identity as (
     select email, name, 'ATLASSIAN_ACCOUNT' as type, account_id, null::uuid as portal_customer_id, active, kind, false as has_both
     from source_account
     union all
     select p.email, p.name, 'PORTAL_ONLY', null, p.id, p.active, p.kind, s.account_id is not null
     from portal_customer p left join source_account s on s.email = p.email where p.site_id = $3
   ), applied as materialized (
     select f.id from import_file f where f.site_id = $3 and f.file_kind = 'CUSTOMERS' and f.state = 'APPLIED'
   ), good_row as (
     select distinct on (email, account_type) email, account_type, import_id, row_number, raw_email, warning
     from customer_row where site_id = $3 and current and state = 'GOOD' and import_id in (select id from applied)
     order by email, account_type, import_id desc, row_number
   ), listed as (
     -- Keyed by either id: ids are unique over both tables.
     select coalesce(pc.account_id, pc.portal_customer_id) as identity_id, array_agg(d.id order by d.key) as project_ids
     from service_project s join service_project d on d.site_id = $4 and d.key = s.key
     join project_customer pc on pc.project_id = s.id
     where s.site_id = $3 and ($5::boolean or s.key = any($6::text[]))
     group by 1
   ), candidate as (
     select i.email, coalesce(r.raw_email, i.email) as raw_email, i.name, i.type, i.account_id, i.portal_customer_id,
       r.import_id, r.row_number, i.active, i.kind, i.has_both, null as rejected, null as problem, r.warning, l.project_ids
     from identity i left join good_row r on r.email = i.email and r.account_type = i.type
     left join listed l on l.identity_id = coalesce(i.account_id, i.portal_customer_id)
     where ($5::boolean and $8::uuid is null) or i.email in (select email from in_scope)
     union all
     select c.email, c.raw_email, c.name, c.account_type, null, null,
       c.import_id, c.row_number, c.active, c.kind, false, c.state, c.problem, c.warning, null
     from customer_row c
     where c.site_id = $3 and c.current and c.state <> 'GOOD' and c.import_id in (select id from applied) and $8::uuid is null
       and ($5::boolean or c.project_keys && $6::text[]
         or (c.state = 'DUPLICATE' and c.email in (select email from in_scope))
         -- What a bad row was meant for cannot be told, so it counts rather than vanishes.
         or (c.state = 'BAD' and c.project_keys = '{}'))
   ), destination as (
     select c.*, da.account_id as destination_account_id, dp.id as destination_portal_customer_id,
       da.active as account_active, dp.active as portal_active,
       ${destinationStateSql("da", "dp", "mg")} as destination_state,
       ${destinationTypeSql("da", "dp")} as destination_type,
       split_part(c.email, '@', 1) as local_part, mg.domain as managed_domain
     from candidate c
     left join (select email, account_id, active, customer_role from site_identity
       where site_id = $4 and account_id is not null) da on da.email = c.email
     left join portal_customer dp on dp.site_id = $4 and dp.email = c.email
     left join claimed_domain mg on mg.domain = split_part(c.email, '@', 2)
       and mg.organization_id <> (select organization_id from site where id = $4)
   ), judged as (
     select d.*, case
         when d.rejected is not null then d.rejected
         when d.kind in ('DISTRIBUTION_LIST', 'BOT') then d.kind
         when d.kind is null and w.kind is not null then w.kind
         when d.has_both then 'SOURCE_HAS_BOTH'
         when not d.active then 'SOURCE_INACTIVE'
         when d.destination_state in ('MANAGED_ELSEWHERE', 'INACTIVE') then d.destination_state
         else d.type || '/' || d.destination_state
       end as outcome_case
     from destination d left join word w on w.word = d.local_part
   ), written as (
     insert into migration_item (migration_id, ordinal, email, raw_email, name, source_type, source_account_id,
       source_portal_customer_id, import_id, row_number, destination_state, destination_type, destination_account_id,
       destination_portal_customer_id, type_after, effect, joins_group, project_ids, planned_outcome, problem, next_step, detail, warning)
     select $1, row_number() over (order by j.import_id nulls last, j.row_number, j.email collate "C", j.type),
       j.email, j.raw_email, j.name, j.type, j.account_id, j.portal_customer_id, j.import_id, j.row_number,
       j.destination_state, j.destination_type, j.destination_account_id, j.destination_portal_customer_id,
       coalesce(o."typeAfter", j.destination_type), o.effect, o."joinsGroup",
       -- Unchanged people get theirs when an upgrade finishes the copy.
       case when o.effect in ('CREATE', 'LINK') or o."nextStep" = 'UPGRADE_THEN_COPY_AGAIN'
         then coalesce(j.project_ids, '{}') else '{}' end,
       o.outcome, o.problem, o."nextStep",
       case j.outcome_case
         when 'DISTRIBUTION_LIST' then case when j.kind is not null then 'The kind of this row says so'
           else format('“%s” is one of the organization''s words for distribution lists', j.local_part) end
         when 'BOT' then case when j.kind is not null then 'The kind of this row says so'
           else format('“%s” is one of the organization''s words for bots', j.local_part) end
         when 'SOURCE_HAS_BOTH' then 'The person has an Atlassian account on the source, and that row counts'
         when 'MANAGED_ELSEWHERE' then format('Another organization manages the accounts of %s', j.managed_domain)
         when 'INACTIVE' then concat_ws(' and ',
           case when not j.account_active then case when exists (
               select from closed_account k where k.account_id = j.destination_account_id)
             then 'the Atlassian account was closed, as its owner had asked' else 'the Atlassian account is deactivated' end end,
           case when not j.portal_active then 'portal access is revoked' end)
         when 'SOURCE_INACTIVE' then case when exists (select from closed_account k where k.account_id = j.account_id)
           then 'the account was closed, as its owner had asked' end
         else j.problem
       end,
       j.warning
     from judged j left join outcome_row o on o."case" = j.outcome_case
     returning 1
   )
   select count(*)::int as total from written`,
);
