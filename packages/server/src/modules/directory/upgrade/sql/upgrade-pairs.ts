import { statement } from "../../../../platform/database/statement.ts";

/** One upgraded person: the two accounts and what stood before, enough to put everything back. Ids are UUIDs. */
export interface UpgradedPair {
  portalCustomerId: string;
  accountId: string;
  /** The removed row of portal_customer, whole. */
  portalCustomer: Record<string, unknown>;
  /** Whether the account had no Customer role of its own and got it now. */
  granted: boolean;
  /** Projects that listed the portal-only account. */
  listed: string[];
  /** Requests it reported, and requests it took part in. */
  reported: string[];
  participated: string[];
  /** Projects that list the account only since now, and requests it takes part in only since now. */
  joinedLists: string[];
  joinedRequests: string[];
}

// One statement, so that no reader sees a person between the two accounts. Lists and participations are inserted
// for the account rather than changed in place: where the account is in them already nothing is doubled, and the
// portal-only rows go with their account. What stood before is read by the same statement and so cannot be another
// state than the one it changes. The last part gathers by sorting, never by joining what was inserted.
// $1 site, $2 portal-only account ids, $3 account ids, in pairs.
export const upgradePairsStatement = statement<UpgradedPair>(
  "directory.upgradePairs",
  `with pair as materialized (
     select * from unnest($2::uuid[], $3::uuid[]) as t (portal_customer_id, account_id)
   ), before as materialized (
     select pair.portal_customer_id, pair.account_id,
       (select to_jsonb(p) from portal_customer p where p.id = pair.portal_customer_id) as portal_customer,
       (select not sa.customer_role from site_account sa where sa.site_id = $1 and sa.account_id = pair.account_id) as granted,
       array(select pc.project_id from project_customer pc where pc.portal_customer_id = pair.portal_customer_id) as listed,
       array(select r.id from request r where r.reporter_portal_customer_id = pair.portal_customer_id) as reported,
       array(select rp.request_id from request_participant rp where rp.portal_customer_id = pair.portal_customer_id) as participated
     from pair
   ), granted as (
     update site_account sa set customer_role = true
     from pair where sa.site_id = $1 and sa.account_id = pair.account_id and not sa.customer_role
     returning 1
   ), listed as (
     insert into project_customer (project_id, account_id)
     select pc.project_id, pair.account_id from pair join project_customer pc on pc.portal_customer_id = pair.portal_customer_id
     on conflict do nothing
     returning account_id, project_id
   ), owned as (
     update request r set reporter_account_id = pair.account_id, reporter_portal_customer_id = null
     from pair where r.reporter_portal_customer_id = pair.portal_customer_id
     returning 1
   ), joined as (
     insert into request_participant (request_id, account_id)
     select rp.request_id, pair.account_id
     from pair join request_participant rp on rp.portal_customer_id = pair.portal_customer_id
     on conflict do nothing
     returning account_id, request_id
   ), removed as (
     delete from portal_customer p using pair where p.id = pair.portal_customer_id
     returning 1
   )
   select (array_agg(w.portal_customer_id) filter (where w.place = 1))[1] as "portalCustomerId", w.account_id as "accountId",
     (array_agg(w.portal_customer) filter (where w.place = 1))[1] as "portalCustomer", bool_or(w.granted) as granted,
     (array_agg(to_jsonb(w.listed)) filter (where w.place = 1))[1] as listed,
     (array_agg(to_jsonb(w.reported)) filter (where w.place = 1))[1] as reported,
     (array_agg(to_jsonb(w.participated)) filter (where w.place = 1))[1] as participated,
     coalesce(array_agg(w.project_id::text) filter (where w.project_id is not null), '{}') as "joinedLists",
     coalesce(array_agg(w.request_id::text) filter (where w.request_id is not null), '{}') as "joinedRequests"
   from (
     select 1 as place, b.account_id, b.portal_customer_id, b.portal_customer, b.granted, b.listed, b.reported, b.participated,
       null::uuid as project_id, null::uuid as request_id from before b
     union all
     select 2, l.account_id, null, null, null, null, null, null, l.project_id, null from listed l
     union all
     select 3, j.account_id, null, null, null, null, null, null, null, j.request_id from joined j
   ) w
   group by w.account_id`,
);
