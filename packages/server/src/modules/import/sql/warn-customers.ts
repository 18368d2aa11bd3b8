import { statement } from "../../../platform/database/statement.ts";
import { unknownProjectKeysSql } from "./find-unknown-project-keys.ts";

/**
 * $1 import, $2 site. Writes what the site gives cause for behind what the row itself gives cause for; takes back
 * what the site gave cause for before and no longer does.
 */
export const warnCustomersStatement = statement<{ changed: number }>(
  "import.warnCustomers",
  `with unknown as materialized (${unknownProjectKeysSql}),
   named as (
     select r.row_number, r.file_warning, count(*) as keys,
       string_agg('“' || left(k.key, 60) || '”', ', ' order by k.key) as list
     from customer_row r, unnest(r.project_keys) as k (key)
     where r.import_id = $1 and r.state = 'GOOD' and r.project_keys && (select array_agg(key) from unknown)
       and k.key in (select key from unknown)
     group by r.row_number, r.file_warning
   ),
   told as (
     select row_number, concat_ws(' ', file_warning, case
       when keys = 1 then 'The project ' || list || ' is not on this site, so it grants nothing. Upload a projects file with it, or correct the key.'
       else 'The projects ' || list || ' are not on this site, so they grant nothing. Upload a projects file with them, or correct the keys.'
     end) as warning
     from named
     union all
     select row_number, file_warning from customer_row
     where import_id = $1 and state = 'GOOD' and warning is not null and warning is distinct from file_warning
       and row_number not in (select row_number from named)
   ),
   changed as (
     update customer_row r set warning = t.warning
     from told t
     where r.import_id = $1 and r.row_number = t.row_number and r.warning is distinct from t.warning
     returning 1
   )
   select count(*)::int as changed from changed`,
);
