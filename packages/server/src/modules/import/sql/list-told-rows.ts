import { statement } from "../../../platform/database/statement.ts";
import { shownRowColumns, type ShownRow } from "./list-rows.ts";

// Rows with a problem or a warning are few among many: the condition is that of their own index.
/** $1 import, $2 after row number, $3 page size plus one, $4 state or null, $5 only rows that are not GOOD. */
export const listToldRowsStatement = statement<ShownRow>(
  "import.listToldRows",
  `select ${shownRowColumns} from import_row r
   where r.import_id = $1 and r.row_number > $2 and (r.problem is not null or r.warning is not null)
     and ($4::text is null or r.state = $4) and (not $5::boolean or r.state <> 'GOOD')
   order by r.row_number limit $3`,
);
