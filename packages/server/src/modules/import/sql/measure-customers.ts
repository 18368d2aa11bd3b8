import { statement } from "../../../platform/database/statement.ts";

/** $1 import, $2 site. How many people of the good rows the site has already. */
export const measureCustomersStatement = statement<{ knownPeople: number }>(
  "import.measureCustomers",
  `select (
     (
       select count(*) from customer_row r join portal_customer c on c.site_id = $2 and c.email = r.email
       where r.import_id = $1 and r.state = 'GOOD' and r.account_type = 'PORTAL_ONLY'
     ) + (
       select count(*) from customer_row r join account a on a.email = r.email
       join site_account sa on sa.account_id = a.id and sa.site_id = $2
       where r.import_id = $1 and r.state = 'GOOD' and r.account_type = 'ATLASSIAN_ACCOUNT'
     )
   )::int as "knownPeople"`,
);
