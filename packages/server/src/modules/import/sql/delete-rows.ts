import { statement } from "../../../platform/database/statement.ts";

/** $1 import. Rows that were applied stay for good, so only those of a preview may go. */
export const deleteRowsStatement = statement<{ deleted: number }>(
  "import.deleteRows",
  `with gone as (select id from import_file where id = $1 and state = 'PREVIEW'),
   customers as (delete from customer_row r using gone g where r.import_id = g.id returning 1),
   requests as (delete from request_row r using gone g where r.import_id = g.id returning 1),
   projects as (delete from project_row r using gone g where r.import_id = g.id returning 1),
   users as (delete from product_user_row r using gone g where r.import_id = g.id returning 1)
   select ((select count(*) from customers) + (select count(*) from requests) + (select count(*) from projects)
     + (select count(*) from users))::int as deleted`,
);
