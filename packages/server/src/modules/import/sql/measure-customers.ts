import { statement } from "../../../platform/database/statement.ts";
import { unknownProjectKeysSql } from "./warn-customers.ts";
import type { ImportEffects } from "../import-record.ts";

/** $1 import, $2 site. What the good rows do to the site as it is now. */
export const measureCustomersStatement = statement<ImportEffects>(
  "import.measureCustomers",
  `with person as (
     select email, account_type from customer_row where import_id = $1 and state = 'GOOD'
   ), known as (
     select (
       select count(*) from person p join portal_customer c on c.site_id = $2 and c.email = p.email
       where p.account_type = 'PORTAL_ONLY'
     ) + (
       select count(*) from person p join account a on a.email = p.email
       join site_account sa on sa.account_id = a.id and sa.site_id = $2
       where p.account_type = 'ATLASSIAN_ACCOUNT'
     ) as people
   ), unknown as (
     select u.key from (${unknownProjectKeysSql}) u order by u.key limit 100
   )
   select ((select count(*) from person) - k.people)::int as "newPeople", k.people::int as "updatedPeople",
     array(select key from unknown order by key) as "unknownProjectKeys", 0 as "unknownReporters"
   from known k`,
);
