import { statement } from "../../../../platform/database/statement.ts";

// One statement, so that no reader sees a person between the two accounts. Lists and participations are inserted
// for the account rather than changed in place: where the account is in them already nothing is doubled, and the
// portal-only rows go with their account. $1 site, $2 portal-only account ids, $3 account ids, in pairs.
export const upgradePairsStatement = statement<{ upgraded: number }>(
  "directory.upgradePairs",
  `with pair as materialized (
     select * from unnest($2::uuid[], $3::uuid[]) as t (portal_customer_id, account_id)
   ), granted as (
     update site_account sa set customer_role = true
     from pair where sa.site_id = $1 and sa.account_id = pair.account_id and not sa.customer_role
     returning 1
   ), listed as (
     insert into project_customer (project_id, account_id)
     select pc.project_id, pair.account_id from pair join project_customer pc on pc.portal_customer_id = pair.portal_customer_id
     on conflict do nothing
     returning 1
   ), owned as (
     update request r set reporter_account_id = pair.account_id, reporter_portal_customer_id = null
     from pair where r.reporter_portal_customer_id = pair.portal_customer_id
     returning 1
   ), joined as (
     insert into request_participant (request_id, account_id)
     select rp.request_id, pair.account_id
     from pair join request_participant rp on rp.portal_customer_id = pair.portal_customer_id
     on conflict do nothing
     returning 1
   ), removed as (
     delete from portal_customer p using pair where p.id = pair.portal_customer_id
     returning 1
   )
   select count(*)::int as upgraded from removed`,
);
