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
     select k.row_number, count(*) as keys, string_agg('“' || left(k.key, 60) || '”', ', ' order by k.key) as list
     from (
       select row_number, unnest(project_keys) as key from customer_row where import_id = $1 and state = 'GOOD'
     ) k join unknown u on u.key = k.key
     group by k.row_number
   ),
   closed as materialized (
     select a.email from closed_account c join account a on a.id = c.account_id
   ),
   told as (
     select r.row_number, nullif(concat_ws(' ', r.file_warning, case
       when c.email is not null then '${closedAccountWarning}'
     end, case
       when n.keys = 1 then 'The project ' || n.list || ' is not on this site, so it grants nothing. Upload a projects file with it, or correct the key.'
       when n.keys > 1 then 'The projects ' || n.list || ' are not on this site, so they grant nothing. Upload a projects file with them, or correct the keys.'
     end), '') as warning
     from customer_row r left join named n on n.row_number = r.row_number
     left join closed c on c.email = r.email and r.account_type = 'ATLASSIAN_ACCOUNT'
     where r.import_id = $1 and r.state = 'GOOD'
       and (n.row_number is not null or c.email is not null or (r.warning is not null and r.warning is distinct from r.file_warning))
   ),
   changed as (
     update customer_row r set warning = t.warning
     from told t
     where r.import_id = $1 and r.row_number = t.row_number and r.warning is distinct from t.warning
     returning 1
   )
   select count(*)::int as changed from changed`,
);
