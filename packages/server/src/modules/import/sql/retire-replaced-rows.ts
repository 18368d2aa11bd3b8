import { statement } from "../../../platform/database/statement.ts";

/** $1 import, $2 site. Earlier rows of people whom this file speaks for now are not current any more. */
export const retireReplacedRowsStatement = statement<{ retired: number }>(
  "import.retireReplacedRows",
  `with retired as (
     update customer_row o set current = false
     from customer_row r
     where r.import_id = $1 and r.state = 'GOOD'
       and o.site_id = $2 and o.current and o.import_id <> $1 and o.email = r.email and o.account_type = r.account_type
       and o.import_id in (select f.id from import_file f where f.site_id = $2 and f.state = 'APPLIED')
     returning 1
   )
   select count(*)::int as retired from retired`,
);
