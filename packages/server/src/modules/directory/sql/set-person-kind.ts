import { statement } from "../../../platform/database/statement.ts";

// $1 site, $2 account or portal-only account, $3 kind or null. No row when there is nothing to change.
export const setPersonKindStatement = statement<{ id: string }>(
  "directory.setPersonKind",
  `with account_there as (
     update site_account set kind = $3
     where site_id = $1 and account_id = $2 and kind is distinct from $3::text
     returning account_id as id
   ), portal_customer_there as (
     update portal_customer set kind = $3
     where site_id = $1 and id = $2 and kind is distinct from $3::text
     returning id
   )
   select id from account_there union all select id from portal_customer_there`,
);
