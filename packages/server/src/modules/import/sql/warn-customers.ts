import { statement } from "../../../platform/database/statement.ts";
import { closedAccountWarning } from "./concerns-closed-accounts.ts";
import { unknownProjectKeysSql } from "./find-unknown-project-keys.ts";

/**
 * $1 import, $2 site. Writes what the site gives cause for behind what the row itself gives cause for; takes back
 * what the site gave cause for before and no longer does.
 */
export const warnCustomersStatement = statement<{ changed: number }>(
  "import.warnCustomers",
  `with unknown as materialized (${unknownProjectKeysSql}),
   named as (
     select r.row_number, count(*) as keys, string_agg('“' || left(k.key, 60) || '”', ', ' order by k.key) as list
     from customer_row r, unnest(r.project_keys) as k (key)
     where r.import_id = $1 and r.state = 'GOOD' and r.project_keys && (select array_agg(key) from unknown)
       and k.key in (select key from unknown)
     group by r.row_number
   ),
   closed as materialized (
     select a.email from closed_account c join account a on a.id = c.account_id
   ),
   concerned as (
     select row_number from named
     union
     select r.row_number from closed c
     join customer_row r on r.import_id = $1 and r.state = 'GOOD' and r.email = c.email and r.account_type = 'ATLASSIAN_ACCOUNT'
     union
     select row_number from customer_row
     where import_id = $1 and state = 'GOOD' and warning is not null and warning is distinct from file_warning
   ),
   told as (
     select r.row_number, nullif(concat_ws(' ', r.file_warning, case
       when c.email is not null then '${closedAccountWarning}'
     end, case
       when n.keys = 1 then 'The project ' || n.list || ' is not on this site, so it grants nothing. Upload a projects file with it, or correct the key.'
       when n.keys > 1 then 'The projects ' || n.list || ' are not on this site, so they grant nothing. Upload a projects file with them, or correct the keys.'
     end), '') as warning
     from concerned join customer_row r on r.import_id = $1 and r.row_number = concerned.row_number
     left join named n on n.row_number = r.row_number
     left join closed c on c.email = r.email and r.account_type = 'ATLASSIAN_ACCOUNT'
   ),
   changed as (
     update customer_row r set warning = t.warning
     from told t
     where r.import_id = $1 and r.row_number = t.row_number and r.warning is distinct from t.warning
     returning 1
   )
   select count(*)::int as changed from changed`,
);
