import { statement } from "../../../platform/database/statement.ts";

// In order of the email, so that transactions writing the same people wait for each other and never in a ring.
/** $1 import, $2 site. An empty name or kind in the file leaves what is there. */
export const upsertPortalCustomersStatement = statement<{ written: number }>(
  "import.upsertPortalCustomers",
  `with written as (
     insert into portal_customer (site_id, email, name, active, kind)
     select $2, email, name, active, kind from customer_row
     where import_id = $1 and state = 'GOOD' and account_type = 'PORTAL_ONLY'
     order by email
     on conflict (site_id, email) do update set
       name = coalesce(nullif(excluded.name, ''), portal_customer.name),
       active = excluded.active,
       kind = coalesce(excluded.kind, portal_customer.kind)
     where (portal_customer.name, portal_customer.active, portal_customer.kind) is distinct from
       (coalesce(nullif(excluded.name, ''), portal_customer.name), excluded.active, coalesce(excluded.kind, portal_customer.kind))
     returning 1
   )
   select count(*)::int as written from written`,
);
