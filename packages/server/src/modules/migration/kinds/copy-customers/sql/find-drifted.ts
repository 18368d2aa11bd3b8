import { statement } from "../../../../../platform/database/statement.ts";
import { destinationStateSql, destinationTypeSql } from "./destination-state.ts";

/** A person of the batch whose records are no longer as planned, with how they stand on the destination now. */
export interface Drifted {
  ordinal: number;
  state: string;
  type: string;
  accountId: string | null;
  portalCustomerId: string | null;
  sourceActive: boolean;
}

// Reads only, and never joins the items to themselves: right after planning the item table has no statistics, and
// an update from a subquery over its own range then compares every item of the batch with every other (fifty
// seconds for 100,000 people). Look-ups are lateral with a limit, so that they stay index look-ups however large
// the directory is. $1 migration, $2 after ordinal, $3 up to ordinal, $4 source site, $5 destination site.
export const findDriftedStatement = statement<Drifted>(
  "copyCustomers.findDrifted",
  `select * from (
     select i.ordinal, i.destination_state as planned_state, i.destination_account_id as planned_account,
       i.destination_portal_customer_id as planned_portal, da.account_id as "accountId", dp.id as "portalCustomerId",
       ${destinationStateSql("da", "dp", "mg")} as state, ${destinationTypeSql("da", "dp")} as type,
       coalesce(case i.source_type
         when 'PORTAL_ONLY' then (select p.active from portal_customer p where p.id = i.source_portal_customer_id)
         else (select sa.active from site_account sa where sa.site_id = $4 and sa.account_id = i.source_account_id)
       end, false) as "sourceActive"
     from migration_item i
     left join lateral (select si.account_id, si.active, si.customer_role from site_identity si
       where si.site_id = $5 and si.email = i.email and si.account_id is not null limit 1) da on true
     left join lateral (select p.id, p.active from portal_customer p
       where p.site_id = $5 and p.email = i.email limit 1) dp on true
     left join lateral (select c.domain from claimed_domain c where c.domain = split_part(i.email, '@', 2)
       and c.organization_id <> (select organization_id from site where id = $5) limit 1) mg on true
     where i.migration_id = $1 and i.ordinal > $2 and i.ordinal <= $3
       and i.outcome is null and i.effect in ('CREATE', 'LINK')
   ) now
   where now.state <> now.planned_state or now."accountId" is distinct from now.planned_account
     or now."portalCustomerId" is distinct from now.planned_portal or not now."sourceActive"`,
);
