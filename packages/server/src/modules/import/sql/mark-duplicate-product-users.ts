import { statement } from "../../../platform/database/statement.ts";

/** $1 import, $2 header of the email column. The first good row of an email and login name is the login. */
export const markDuplicateProductUsersStatement = statement<{ changed: number }>(
  "import.markDuplicateProductUsers",
  `with first_row as (
     select email, login_name, min(row_number) as row_number from product_user_row
     where import_id = $1 and state = 'GOOD' group by email, login_name having count(*) > 1
   ),
   changed as (
     update product_user_row r
     set state = 'DUPLICATE', problem_column = $2, problem_code = 'DUPLICATE_ROW', sealed_hash = null,
       problem = 'Row ' || f.row_number || ' lists the same email' || case r.login_name when '' then '' else ' with the same login name' end
         || ' already, and the first row holds. Remove this row, or give each login of the address a login name of its own.'
     from first_row f
     where r.import_id = $1 and r.state = 'GOOD' and r.email = f.email and r.login_name = f.login_name
       and r.row_number > f.row_number
     returning 1
   )
   select count(*)::int as changed from changed`,
);
