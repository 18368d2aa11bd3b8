import { statement } from "../../../../platform/database/statement.ts";
import { itemColumns, type ItemRow } from "../../sql/list-items.ts";

// $2: the outcome; $3: after ordinal; $4: page size. cells and importId give Failed.csv the input row back.
export const listReportItemsStatement = statement<ItemRow & { cells: string[] | null }>(
  "migration.listReportItems",
  `select ${itemColumns}, r.cells
   from migration_item i
   left join customer_row r on r.import_id = i.import_id and r.row_number = i.row_number and $2 = 'FAILED'
   where i.migration_id = $1 and i.outcome = $2 and i.ordinal > $3
   order by i.ordinal limit $4`,
);
