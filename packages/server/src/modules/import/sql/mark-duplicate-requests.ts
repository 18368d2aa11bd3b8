import { statement } from "../../../platform/database/statement.ts";

/**
 * $1 import, $2 header of the key column. The first row of a key holds, even where its project is not on the
 * site yet, so that the answer does not depend on what was uploaded first.
 */
export const markDuplicateRequestsStatement = statement<{ changed: number }>(
  "import.markDuplicateRequests",
  `with first_row as (
     select key, min(row_number) as row_number from request_row
     where import_id = $1 and (state = 'GOOD' or problem_code = 'UNKNOWN_PROJECT') group by key having count(*) > 1
   ),
   changed as (
     update request_row r
     set state = 'DUPLICATE', problem_column = $2, problem_code = 'DUPLICATE_ROW',
       problem = 'Row ' || f.row_number || ' has the same key already, and the first row holds. Remove this row, or correct its key.'
     from first_row f
     where r.import_id = $1 and (r.state = 'GOOD' or r.problem_code = 'UNKNOWN_PROJECT') and r.key = f.key
       and r.row_number > f.row_number
     returning 1
   )
   select count(*)::int as changed from changed`,
);
