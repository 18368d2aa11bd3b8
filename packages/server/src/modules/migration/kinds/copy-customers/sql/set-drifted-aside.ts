import { statement } from "../../../../../platform/database/statement.ts";
import { destinationStateSql, destinationTypeSql } from "./destination-state.ts";

// People of the batch whose records changed after the plan was made are left exactly as they are: what was approved
// is no longer what would happen. Look-ups are lateral with a limit, so that they stay index look-ups however large
// the directory is; a join over the batch flips to reading whole tables.
// $1 migration, $2 after ordinal, $3 up to ordinal, $4 source site, $5 destination site.
export const setDriftedAsideStatement = statement<{ ordinal: number }>(
  "copyCustomers.setDriftedAside",
  `with checked as (
     select i.ordinal, i.destination_state as planned_state, i.destination_account_id as planned_account,
       i.destination_portal_customer_id as planned_portal, da.account_id, dp.id as portal_customer_id,
       ${destinationStateSql("da", "dp", "mg")} as state, ${destinationTypeSql("da", "dp")} as type,
       case i.source_type
         when 'PORTAL_ONLY' then (select p.active from portal_customer p where p.id = i.source_portal_customer_id)
         else (select sa.active from site_account sa where sa.site_id = $4 and sa.account_id = i.source_account_id)
       end as source_active
     from migration_item i
     left join lateral (select si.account_id, si.active, si.customer_role from site_identity si
       where si.site_id = $5 and si.email = i.email and si.account_id is not null limit 1) da on true
     left join lateral (select p.id, p.active from portal_customer p
       where p.site_id = $5 and p.email = i.email limit 1) dp on true
     left join lateral (select c.domain from claimed_domain c where c.domain = split_part(i.email, '@', 2)
       and c.organization_id <> (select organization_id from site where id = $5) limit 1) mg on true
     where i.migration_id = $1 and i.ordinal > $2 and i.ordinal <= $3
       and i.outcome is null and i.effect in ('CREATE', 'LINK')
   )
   update migration_item i set outcome = 'REQUIRES_ATTENTION', effect = 'UNCHANGED', joins_group = false,
     problem = 'COULD_NOT_BE_WRITTEN', next_step = 'COPY_AGAIN', type_after = c.type, destination_type = c.type,
     destination_state = c.state, destination_account_id = c.account_id,
     destination_portal_customer_id = c.portal_customer_id,
     detail = case when c.source_active then 'the person''s records on the destination changed after the plan was made'
       else 'the person is no longer active on the source' end
   from checked c
   where i.migration_id = $1 and i.ordinal = c.ordinal and i.ordinal > $2 and i.ordinal <= $3
     and (c.state <> c.planned_state or c.account_id is distinct from c.planned_account
       or c.portal_customer_id is distinct from c.planned_portal or c.source_active is not true)
   returning i.ordinal`,
);
