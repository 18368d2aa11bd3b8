import { statement } from "../../../platform/database/statement.ts";
import { requestIdentitiesSql } from "../request-identities.ts";

/**
 * $1 import, $2 site. What the file leaves out or cannot tell stays as it is: summary, reporter, creation time.
 * Without a creation time a new request is as old as this transaction, which is how the update knows.
 */
export const upsertRequestsStatement = statement<{ written: number }>(
  "import.upsertRequests",
  `with ${requestIdentitiesSql},
   written as (
     insert into request (site_id, project_id, key, summary, reporter_account_id, reporter_portal_customer_id, created_at)
     select $2, sp.id, r.key, r.summary, o.account_id, o.portal_customer_id, coalesce(r.created_at, now())
     from request_row r
     join service_project sp on sp.site_id = $2 and sp.key = r.project_key
     join reporter o on o.row_number = r.row_number
     where r.import_id = $1 and r.state = 'GOOD'
     order by r.key
     on conflict (site_id, key) do update set
       project_id = excluded.project_id,
       summary = coalesce(nullif(excluded.summary, ''), request.summary),
       reporter_account_id = case when num_nonnulls(excluded.reporter_account_id, excluded.reporter_portal_customer_id) = 0
         then request.reporter_account_id else excluded.reporter_account_id end,
       reporter_portal_customer_id = case when num_nonnulls(excluded.reporter_account_id, excluded.reporter_portal_customer_id) = 0
         then request.reporter_portal_customer_id else excluded.reporter_portal_customer_id end,
       created_at = case when excluded.created_at = now() then request.created_at else excluded.created_at end
     where request.project_id <> excluded.project_id
       or excluded.summary not in ('', request.summary)
       or (num_nonnulls(excluded.reporter_account_id, excluded.reporter_portal_customer_id) = 1
         and (request.reporter_account_id, request.reporter_portal_customer_id)
           is distinct from (excluded.reporter_account_id, excluded.reporter_portal_customer_id))
       or excluded.created_at not in (now(), request.created_at)
     returning 1
   )
   select count(*)::int as written from written`,
);
