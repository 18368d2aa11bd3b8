import { statement } from "../../../platform/database/statement.ts";
import { shownRowColumns, type ShownRow } from "./list-rows.ts";

/** $1 import, $2 after row number, $3 page size plus one, $4 state or null. Rows without problem and warning. */
export const listUntoldRowsStatement = statement<ShownRow>(
  "import.listUntoldRows",
  `select ${shownRowColumns} from import_row r
   where r.import_id = $1 and r.row_number > $2 and r.problem is null and r.warning is null
     and ($4::text is null or r.state = $4)
   order by r.row_number limit $3`,
);
