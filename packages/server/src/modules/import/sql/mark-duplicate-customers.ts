import { statement } from "../../../platform/database/statement.ts";

/** $1 import, $2 header of the email column. The first good row of an email and account type is the person. */
export const markDuplicateCustomersStatement = statement<{ changed: number }>(
  "import.markDuplicateCustomers",
  `with first_row as (
     select email, account_type, min(row_number) as row_number from customer_row
     where import_id = $1 and state = 'GOOD' group by email, account_type having count(*) > 1
   ),
   changed as (
     update customer_row r
     set state = 'DUPLICATE', problem_column = $2, problem_code = 'DUPLICATE_ROW',
       problem = 'Row ' || f.row_number || ' lists the same email with the same account type already, and the first row holds. '
         || 'Remove this row, or correct its email or account type.'
     from first_row f
     where r.import_id = $1 and r.state = 'GOOD' and r.email = f.email and r.account_type = f.account_type
       and r.row_number > f.row_number
     returning 1
   )
   select count(*)::int as changed from changed`,
);
