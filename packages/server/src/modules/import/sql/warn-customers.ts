import { statement } from "../../../platform/database/statement.ts";

/**
 * $1 import, $2 project keys that the site does not have. Writes what the site gives cause for behind what the
 * row itself gives cause for; takes back what the site gave cause for before and no longer does.
 */
export const warnCustomersStatement = statement<{ rowNumber: number }>(
  "import.warnCustomers",
  `with named as (
     select r.row_number, count(*) as keys, string_agg('“' || left(k.key, 60) || '”', ', ' order by k.key) as list
     from customer_row r cross join unnest(r.project_keys) as k(key)
     where r.import_id = $1 and r.state = 'GOOD' and r.project_keys && $2::text[] and k.key = any($2::text[])
     group by r.row_number
   ),
   told as (
     select r.row_number, nullif(concat_ws(' ', r.file_warning, case
       when n.keys = 1 then 'The project ' || n.list || ' is not on this site, so it grants nothing. Upload a projects file with it, or correct the key.'
       when n.keys > 1 then 'The projects ' || n.list || ' are not on this site, so they grant nothing. Upload a projects file with them, or correct the keys.'
     end), '') as warning
     from customer_row r left join named n on n.row_number = r.row_number
     where r.import_id = $1 and r.state = 'GOOD'
       and (r.project_keys && $2::text[] or (r.warning is not null and r.warning is distinct from r.file_warning))
   )
   update customer_row r set warning = t.warning
   from told t
   where r.import_id = $1 and r.row_number = t.row_number and r.warning is distinct from t.warning
   returning r.row_number as "rowNumber"`,
);
