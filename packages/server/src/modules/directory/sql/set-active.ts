import { statement } from "../../../platform/database/statement.ts";

// $1 site, $2 account or portal-only account, $3 active. No row when there is nothing to change.
export const setActiveStatement = statement<{ id: string }>(
  "directory.setActive",
  `with account_there as (
     update site_account set active = $3
     where site_id = $1 and account_id = $2 and active <> $3
     returning account_id as id
   ), portal_customer_there as (
     update portal_customer set active = $3
     where site_id = $1 and id = $2 and active <> $3
     returning id
   )
   select id from account_there union all select id from portal_customer_there`,
);
