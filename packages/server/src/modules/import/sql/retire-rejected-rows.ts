import { statement } from "../../../platform/database/statement.ts";

/**
 * $1 import, $2 site, $3 whether the file is a correction. A correction replaces every earlier rejected row of
 * the site; any other file only those it brings again, so that none is lost and none counts twice.
 */
export const retireRejectedRowsStatement = statement<{ retired: number }>(
  "import.retireRejectedRows",
  `with retired as (
     update customer_row o set current = false
     where o.site_id = $2 and o.current and o.import_id <> $1 and o.state <> 'GOOD'
       and o.import_id in (select f.id from import_file f where f.site_id = $2 and f.state = 'APPLIED')
       and ($3::boolean or exists (select from customer_row r where r.import_id = $1 and r.cells = o.cells))
     returning 1
   )
   select count(*)::int as retired from retired`,
);
