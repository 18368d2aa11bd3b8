import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// Every record of an upload is kept as a row, a rejected one with its reason, and every item knows its row.
export const inputKeptStatement = statement<Violation>(
  "invariants.inputKept",
  `select format('upload %s (%s)', f.id, f.file_name) as subject,
     format('counts %s rows (%s good, %s rejected, %s duplicate) and keeps %s (%s, %s, %s)', f.total_rows, f.good_rows, f.bad_rows,
       f.duplicate_rows, r.total, r.good, r.bad, r.duplicate) as problem
   from import_file f
   cross join lateral (
     select count(*) as total, count(*) filter (where state = 'GOOD') as good,
       count(*) filter (where state not in ('GOOD', 'DUPLICATE')) as bad, count(*) filter (where state = 'DUPLICATE') as duplicate
     from import_row r where r.import_id = f.id
   ) r
   where f.state in ('PREVIEW', 'APPLYING', 'APPLIED') and f.rows_removed_at is null
     and (f.total_rows, f.good_rows, f.bad_rows, f.duplicate_rows) is distinct from (r.total, r.good, r.bad, r.duplicate)
   union all
   select format('upload %s row %s', r.import_id, r.row_number), format('is %s without a reason', r.state)
   from import_row r where r.state <> 'GOOD' and r.problem is null
   union all
   select format('migration %s item %s', i.migration_id, i.id), format('came from row %s of upload %s, which is gone', i.row_number, i.import_id)
   from migration_item i
   where i.import_id is not null
     and not exists (select from customer_row r where r.import_id = i.import_id and r.row_number = i.row_number)
   limit 21`,
);
